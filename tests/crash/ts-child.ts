import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

/** A process that the test started, and may kill by any means. */
export interface TsChild {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  /** Its lines, as they come. */
  readonly lines: AsyncIterableIterator<string>;
  /** All that it wrote to stderr so far. */
  stderr(): string;
  /** Resolves once it is gone, with its exit code, or `null` if a signal ended it. */
  readonly gone: Promise<number | null>;
}

/** Run a TypeScript file as a process of its own. */
export function startTs(file: URL, args: readonly string[]): TsChild {
  const child = spawn(process.execPath, [fileURLToPath(file), ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return {
    process: child,
    lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    stderr: () => stderr,
    gone: new Promise((resolve) => child.once("close", resolve)),
  };
}

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { AnywhereLine, AnywhereTask } from "./anywhere-child.ts";
import type { ChildBundle } from "./child-bundle.ts";

/** What one process said between its start and its end. */
export interface Life {
  readonly lines: readonly AnywhereLine[];
  /** `null` if it was killed. */
  readonly code: number | null;
  readonly stderr: string;
}

/** A process that has been started, and may be given a task when it is needed. */
export interface Spawned {
  /** Give it its task; kill it `ms` after that, or let it finish. Resolves when all that it said has come. */
  live(task: AnywhereTask, ms: number | null): Promise<Life>;
  /** It is not needed. */
  dismiss(): Promise<void>;
}

export function spawnLife({ path, env }: ChildBundle): Spawned {
  const child = spawn(process.execPath, [path], { env: { ...process.env, ...env }, stdio: "pipe" });
  const lines: AnywhereLine[] = [];
  let stderr = "";
  const said = createInterface({ input: child.stdout });
  const loaded = new Promise((resolve) => said.once("line", resolve));
  said.on("line", (line) => lines.push(JSON.parse(line)));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  // The child may be gone before it has read its task.
  child.stdin.on("error", () => undefined);
  const gone = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    async live(task, ms) {
      // A negative time: killed while it loads.
      if (ms === null || ms >= 0) await Promise.race([loaded, gone]);
      child.stdin.write(`${JSON.stringify(task)}\n`);
      const timer = ms === null ? null : setTimeout(() => child.kill("SIGKILL"), Math.abs(ms));
      const code = await gone;
      if (timer !== null) clearTimeout(timer);
      return { lines, code, stderr };
    },
    async dismiss() {
      child.stdin.end();
      await gone;
    },
  };
}

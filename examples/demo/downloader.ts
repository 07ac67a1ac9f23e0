import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The lines of `longhaul get --json` that the demo looks at (docs/cli.md has all). */
export type DownloaderEvent =
  | {
      readonly type: "progress";
      readonly downloaded: number;
      readonly changed: readonly { readonly index: number; readonly stored: number }[];
    }
  | { readonly type: "record.state"; readonly index: number; readonly state: string }
  | { readonly type: "record.settled"; readonly index: number; readonly state: string; readonly stored: number }
  | { readonly type: "result"; readonly result: string };

/** The command line of longhaul, as a process that can be killed. */
export interface Downloader {
  /** How it ended: its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** `kill -9`: nothing is said to the process, and it can do nothing about it. */
  kill(): void;
}

/** Run `longhaul get` and report each event that it prints. */
export function startDownloader(args: readonly string[], onEvent: (event: DownloaderEvent) => void): Downloader {
  const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
  const child = spawn(process.execPath, [cli, "get", "--json", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    // The server is on this machine, whatever proxy leads to the others.
    env: { ...process.env, NO_PROXY: "127.0.0.1", no_proxy: "127.0.0.1" },
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    const event = parse(line);
    if (event !== null) onEvent(event);
  });
  return { ended: endOf(child), kill: () => void child.kill("SIGKILL") };
}

async function endOf(child: ChildProcess): Promise<number | NodeJS.Signals> {
  const [code, signal] = await once(child, "close");
  return code ?? signal;
}

/** A line that was being written when the process was killed is no event. */
function parse(line: string): DownloaderEvent | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

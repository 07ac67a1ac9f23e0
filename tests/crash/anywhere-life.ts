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

/** When to kill: so many ms after a line of this kind was said for the first time, or at the latest after `latestMs`. */
export interface Moment {
  readonly after: AnywhereLine[0] | "spawn";
  readonly ms: number;
  readonly latestMs: number;
}

/** A process that has been started, and may be given a task when it is needed. */
export interface Spawned {
  /** Give it its task; kill it at the moment, or let it finish. Resolves when all that it said has come. */
  live(task: AnywhereTask, moment: Moment | null): Promise<Life>;
  /** It is not needed. */
  dismiss(): Promise<void>;
}

export function spawnLife({ path, env }: ChildBundle): Spawned {
  const child = spawn(process.execPath, [path], { env: { ...process.env, ...env }, stdio: "pipe" });
  const lines: AnywhereLine[] = [];
  const timers: NodeJS.Timeout[] = [];
  const kill = () => child.kill("SIGKILL");
  let killAfter: Moment | null = null;
  let stderr = "";
  const said = createInterface({ input: child.stdout });
  const loaded = new Promise((resolve) => said.once("line", resolve));
  said.on("line", (text) => {
    const line: AnywhereLine = JSON.parse(text);
    if (killAfter?.after === line[0]) timers.push(setTimeout(kill, killAfter.ms));
    lines.push(line);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  // The child may be gone before it has read its task.
  child.stdin.on("error", () => undefined);
  const gone = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    async live(task, moment) {
      if (moment?.after === "spawn") timers.push(setTimeout(kill, moment.ms));
      else await Promise.race([loaded, gone]);
      killAfter = moment;
      child.stdin.write(`${JSON.stringify(task)}\n`);
      if (moment !== null) timers.push(setTimeout(kill, moment.latestMs));
      const code = await gone;
      for (const timer of timers) clearTimeout(timer);
      return { lines, code, stderr };
    },
    async dismiss() {
      child.stdin.end();
      await gone;
    },
  };
}

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));

/** Where Node keeps the sources without their types: half of a command's time is taking them out. */
const compiled = fileURLToPath(new URL("../../node_modules/.cache/longhaul-compiled", import.meta.url));

/** How a command line ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command line that runs. */
export interface Running {
  readonly ended: Promise<Ended>;
  /** Everything it has said so far, on both. */
  said(): string;
  /** Resolves once `holds` does, asked after each word; rejects if the command ends before. */
  until(holds: (said: string) => boolean): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** Press keys, on a terminal. */
  type(keys: string): void;
}

export interface CliOptions {
  /** Give it a terminal of 100 columns and 24 rows, by way of `script`: what it draws comes as `stdout`. */
  readonly terminal?: boolean;
  readonly env?: { readonly [name: string]: string };
  readonly input?: string;
  /** Run it as another user, so that permissions count although the tests may run as root. */
  readonly uid?: number;
  readonly cwd?: string;
}

/** A user with a folder of their own, a store in it, and the `longhaul` command from the sources. */
export interface CliHome {
  readonly path: string;
  at(name: string): string;
  start(args: readonly string[], options?: CliOptions): Running;
  run(args: readonly string[], options?: CliOptions): Promise<Ended>;
}

/** Gone, with every command that still runs in it, when the test that asked for it has ended. */
export function cliHome(): CliHome {
  const path = mkdtempSync(join(tmpdir(), "longhaul-cli-"));
  const children = new Set<ChildProcess>();
  onTestFinished(() => {
    for (const child of children) child.kill("SIGKILL");
    rmSync(path, { recursive: true, force: true });
  });

  function start(args: readonly string[], options: CliOptions = {}): Running {
    const { env = {}, input, uid, cwd = path, terminal = false } = options;
    // Nothing of the machine's own settings: no proxy, no certificates, no data folder.
    const own = { HOME: path, XDG_DATA_HOME: join(path, "data"), NODE_COMPILE_CACHE: compiled };
    const clean = { PATH: process.env["PATH"] ?? "", ...own, ...env };
    const command = [process.execPath, main, ...args];
    const [file = "", ...operands] = terminal ? inTerminal(command) : command;
    const child = spawn(file, operands, { cwd, env: clean, ...(uid === undefined ? {} : { uid }) });
    children.add(child);
    let stdout = "";
    let stderr = "";
    const watching = new Set<() => void>();
    const look = (): void => {
      for (const watch of watching) watch();
    };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      look();
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      look();
    });
    child.stdin.on("error", () => undefined);
    if (!terminal) child.stdin.end(input ?? "");
    const ended = new Promise<Ended>((resolve) => {
      child.once("close", (code) => {
        children.delete(child);
        resolve({ code, stdout, stderr });
      });
    });
    const said = (): string => stdout + stderr;
    return {
      ended,
      said,
      until: (holds) =>
        new Promise((resolve, reject) => {
          const watch = (): void => {
            if (!holds(said())) return;
            watching.delete(watch);
            resolve();
          };
          watching.add(watch);
          watch();
          void ended.then(({ code }) => reject(new Error(`The command ended with ${code}: ${said()}`)));
        }),
      signal: (name) => void child.kill(name),
      type: (keys) => void child.stdin.write(keys),
    };
  }

  return { path, at: (name) => join(path, name), start, run: (args, options) => start(args, options).ended };
}

/** `exec`, so that a signal for the command's terminal reaches nobody else. */
function inTerminal(command: readonly string[]): string[] {
  const quoted = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
  return ["script", "-qec", `stty cols 100 rows 24; exec ${quoted}`, "/dev/null"];
}

/** The objects that `--json` printed. Throws if a line is anything else. */
export function eventsOf(stdout: string): { readonly type: string; readonly [key: string]: unknown }[] {
  const lines = stdout.split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line));
}

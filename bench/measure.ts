import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** What one run of a whole process cost. CPU and memory are `null` where GNU time is not installed. */
export interface Measurement {
  readonly wallS: number;
  /** User and system time together. */
  readonly cpuS: number | null;
  /** The largest resident set. */
  readonly rssMiB: number | null;
}

const gnuTime = "/usr/bin/time";

/** Whether CPU and memory can be measured: only a parent is told them exactly, and Node tells none of its children's. */
export async function canMeasureMemory(): Promise<boolean> {
  try {
    const { stdout, stderr } = await promisify(execFile)(gnuTime, ["--version"]);
    return `${stdout}${stderr}`.includes("GNU");
  } catch {
    return false;
  }
}

/**
 * Run a command to its end and say what it cost.
 *
 * @throws Error with the last of what it wrote to its error stream, unless it ended with 0.
 */
export async function measure(
  command: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly usage: string | null },
): Promise<Measurement> {
  const { cwd, env, usage } = options;
  const wrapped = usage === null ? command : [gnuTime, "-q", "-o", usage, "-f", "%U %S %M", "--", ...command];
  const [file = "", ...rest] = wrapped;
  const started = performance.now();
  const child = spawn(file, rest, { cwd, env, stdio: ["ignore", "ignore", "pipe"] });
  const words = tail(child);
  const [code, signal] = await once(child, "close");
  const wallS = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`It ended with ${code ?? signal}: ${words()}`);
  if (usage === null) return { wallS, cpuS: null, rssMiB: null };
  const [user = 0, system = 0, kib = 0] = (await readFile(usage, "utf8")).trim().split(" ").map(Number);
  return { wallS, cpuS: user + system, rssMiB: kib / 1024 };
}

function tail(child: ChildProcess): () => string {
  let words = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-2000);
  });
  return () => words.trim();
}

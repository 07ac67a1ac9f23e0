import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Contender } from "./contender.ts";
import { judge, type Result } from "./outcome.ts";
import type { Scenario } from "./scenario.ts";
import { createScenarioServer } from "./server.ts";

/** Where Node keeps what it has compiled, for us and for others: half of a short run is compiling. */
const compiled = fileURLToPath(new URL("../../node_modules/.cache/longhaul-compiled", import.meta.url));

/** For each start of a contender, on a busy machine, too; what has not ended by then is hung. */
const patienceMs = 30_000;

/** Let a contender download through one scenario, and judge what it leaves by its exit code and by every byte. */
export async function play(contender: Contender, scenario: Scenario): Promise<Result> {
  await using stack = new AsyncDisposableStack();
  const home = await mkdtemp(join(tmpdir(), "longhaul-compare-"));
  stack.defer(() => rm(home, { recursive: true, force: true }));
  const server = stack.use(await createScenarioServer(scenario));
  const place = { url: server.url, output: join(home, "file.bin"), scratch: join(home, "scratch") };
  await mkdir(place.scratch);

  let words = "";
  for (let run = 0; run < contender.runs; run += 1) {
    const ended = await runOnce(contender.command(place), home);
    if (ended.late) return { outcome: "hung", words: ended.words, sent: server.sent };
    if (ended.code === 0) {
      const bytes = await readFile(place.output).catch(() => null);
      return { ...judge(bytes, scenario.right), sent: server.sent };
    }
    words = ended.words;
  }
  return { outcome: "error", words, sent: server.sent };
}

interface Ended {
  readonly code: number | null;
  /** Whether it was not over when patience was. */
  readonly late: boolean;
  readonly words: string;
}

/** Run a command to its end, or until patience is over; nothing of this machine's settings reaches it. */
async function runOnce(command: readonly string[], home: string): Promise<Ended> {
  const [file = "", ...rest] = command;
  const env = { PATH: process.env["PATH"] ?? "", HOME: home, NODE_COMPILE_CACHE: compiled };
  const child = spawn(file, rest, { cwd: home, env, stdio: ["ignore", "ignore", "pipe"] });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill("SIGKILL");
  }, patienceMs);
  let words = "";
  child.stderr.on("data", (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-2000);
  });
  const [code] = await once(child, "close");
  clearTimeout(timer);
  return { code, late, words: words.trim() };
}

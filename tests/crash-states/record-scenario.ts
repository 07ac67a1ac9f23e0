import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bytesOf } from "../origin/body.ts";
import type { Fault } from "../origin/fault.ts";
import { createOrigin } from "../origin/origin.ts";
import type { RecordedBefore } from "./read-recording.ts";
import type { RecordedTask } from "./recorded-child.ts";
import { allFetches, otherFolder, replaced } from "./scenario.ts";

/** Strace can follow a process here: it takes Linux, and the tool. */
export const canRecord: boolean = process.platform === "linux" && tryStrace();
if (!canRecord) console.warn("SKIPPED: the crash states are built from a recording, which takes Linux and strace");

/** Every call that may change a file, or make a change durable. Those after `?` are not on every machine. */
const traced = [
  ..."?open openat ?creat close ?dup ?dup2 dup3 mmap fallocate truncate".split(" "),
  ..."write pwrite64 writev pwritev pwritev2 ftruncate copy_file_range sendfile splice".split(" "),
  ..."fsync fdatasync sync syncfs sync_file_range".split(" "),
  ..."?rename renameat renameat2 ?link linkat ?unlink unlinkat ?mkdir mkdirat ?rmdir ?symlink symlinkat".split(" "),
].join(",");

/** What was there before the first process ran. */
export const before: RecordedBefore = {
  folders: ["out", otherFolder],
  files: [{ path: replaced.path, bytes: bytesOf(replaced.seed, 0, replaced.size) }],
};

const straceNames: readonly string[] = ["strace-1", "strace-2", "strace-3"];

/**
 * Run the scenario under strace: what its processes did is in `folder` afterwards, and the files themselves in `work`.
 *
 * `elsewhere` is a folder on another file system, if this machine has one, for a destination that no link can reach.
 */
export async function recordScenario(folder: string, elsewhere: string): Promise<void> {
  const work = join(folder, "work");
  mkdirSync(work);
  mkdirSync(join(work, "out"));
  symlinkSync(elsewhere, join(work, otherFolder));
  for (const { path, bytes } of before.files) writeFileSync(join(work, path), bytes);
  await using origin = await createOrigin();
  for (const { records } of allFetches) {
    for (const { path, seed, size } of records) origin.resource(path, { body: { seed, size }, faults: stalls(path) });
  }
  for (const run of [1, 2, 3] as const) {
    await record(work, join(folder, `strace-${run}`), { origin: origin.url, run });
  }
}

/** The straces of a recording. */
export function readStraces(folder: string): readonly string[] {
  return straceNames.map((name) => readFileSync(join(folder, name), "utf8"));
}

/** Where the first process is killed, and where a fetch is aborted, an answer stops, so that there is time to do so. */
function stalls(path: string): readonly Fault[] {
  return path === "/film" || path === "/left" ? [{ type: "stall", after: 350_000 }] : [];
}

async function record(work: string, output: string, task: RecordedTask): Promise<void> {
  const strace = ["-f", "-xx", "-s", "1000000", "--seccomp-bpf", "-o", output, "-e", `trace=${traced}`];
  const child = join(import.meta.dirname, "recorded-child.ts");
  const recorded = spawn("strace", [...strace, process.execPath, child, JSON.stringify(task)], {
    cwd: work,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, UV_USE_IO_URING: "0" },
  });
  let stderr = "";
  recorded.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const [code, signal] = await once(recorded, "close");
  const fine = task.run === 1 ? signal === "SIGKILL" || code === 137 : code === 0;
  if (!fine || stderr !== "") throw new Error(`Run ${task.run} ended with ${code ?? signal}: ${stderr}`);
}

function tryStrace(): boolean {
  const { status } = spawnSync("strace", ["-f", "--seccomp-bpf", "-o", "/dev/null", process.execPath, "--version"]);
  return status === 0;
}

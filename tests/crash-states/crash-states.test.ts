import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTs } from "../crash/ts-child.ts";
import { filesIn } from "./folder-contents.ts";
import { type ReadRecording, readRecording } from "./read-recording.ts";
import { before, canRecord, readStraces, recordScenario } from "./record-scenario.ts";
import { otherFolder, storeFolder } from "./scenario.ts";
import type { StatesReport, StatesTask } from "./states-child.ts";

const wanted = Number(process.env["LONGHAUL_CRASH_STATES"] ?? 20_000);
const seed = Number(process.env["LONGHAUL_CRASH_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
/** One state of a recording that was kept: `prefix/variant`. */
const [prefix, variant] = (process.env["LONGHAUL_CRASH_STATE"] ?? "").split("/").map(Number);
const only = prefix === undefined || variant === undefined ? null : { prefix, variant };
const kept = process.env["LONGHAUL_CRASH_RECORDING"];

const memory = "/dev/shm";
const inMemory = statSync(memory, { throwIfNoEntry: false })?.isDirectory() === true ? memory : tmpdir();
const processes = 2;

describe.runIf(canRecord)("crash states", () => {
  const recording = kept ?? mkdtempSync(join(tmpdir(), "longhaul-recording-"));
  const elsewhere = mkdtempSync(join(inMemory, "longhaul-elsewhere-"));
  let read: ReadRecording;
  /** The recording that showed a violation stays: no other has quite the same states. */
  let needed = false;

  beforeAll(async () => {
    if (kept === undefined) await recordScenario(recording, elsewhere);
    read = readRecording(join(recording, "work"), before, readStraces(recording));
  }, 120_000);

  afterAll(() => {
    rmSync(elsewhere, { recursive: true, force: true });
    if (kept === undefined && !needed) rmSync(recording, { recursive: true, force: true });
  });

  it.runIf(kept === undefined)("G1 the recording, done over, gives the files that the processes left", () => {
    const { tree } = read;
    const work = join(recording, "work");
    const found = filesIn([join(work, "out"), join(work, `${otherFolder}/`), join(work, storeFolder)]);

    expect(found.size).toBeGreaterThan(4);
    for (const [path, bytes] of found) {
      const inode = tree.find(path.slice(work.length + 1));
      expect(inode, path).not.toBeNull();
      if (inode !== null) expect(tree.contentOf(inode).equals(bytes), path).toBe(true);
    }
  });

  // Mutants: a checkpoint committed beside its sync; a body's folder that is not synced; the store's own folders not synced;
  // the old name gone before the new one is durable; synchronous = NORMAL; a body moved out before the journal says that it
  // is whole; a copy that is taken for somebody else's file; bodies let go of before their event was handled; no row that
  // says that a POST went out. What only another order of threads would bring needs another recording: a row committed
  // beside the POST that it guards is still first in nearly all.
  it(`G1 G2 G3 from ${wanted} states that a crash may leave, nothing acknowledged is lost, no byte is foreign, and recovering twice is recovering once`, async () => {
    const started = performance.now();
    const share = Math.ceil(wanted / processes);
    const reports = await Promise.all(
      Array.from({ length: only === null ? processes : 1 }, (_, at) =>
        recover({
          recording,
          workshop: mkdtempSync(join(inMemory, "longhaul-states-")),
          elsewhere: mkdtempSync(join(tmpdir(), "longhaul-elsewhere-")),
          seed,
          states: share,
          share: only === null ? { of: processes, at } : { of: 1, at: 0 },
          only,
        }),
      ),
    );

    const sum = (count: (report: StatesReport) => number): number => reports.reduce((all, one) => all + count(one), 0);
    const seconds = (performance.now() - started) / 1_000;
    console.log(
      `crash states: ${read.steps.length} events, ${reports[0]?.prefixes} prefixes, ${sum(({ built }) => built)} states, ` +
        `${sum(({ recovered }) => recovered)} different ones recovered in ${seconds.toFixed(0)} s, seed ${seed}`,
    );
    const replay = `LONGHAUL_CRASH_RECORDING=${recording} LONGHAUL_CRASH_SEED=${seed} LONGHAUL_CRASH_STATE=`;
    const violations = reports.flatMap((report) =>
      report.violations.map((one) => `${replay}${one.prefix}/${one.variant}\n${one.sentence}`),
    );
    needed = violations.length > 0;
    expect(violations.join("\n\n")).toBe("");
    if (only === null) expect(sum(({ built }) => built)).toBeGreaterThanOrEqual(wanted);
  }, 3_600_000);
});

async function recover(task: StatesTask): Promise<StatesReport> {
  mkdirSync(task.workshop, { recursive: true });
  const child = startTs(new URL("states-child.ts", import.meta.url), [JSON.stringify(task)]);
  let report: StatesReport | null = null;
  for await (const line of child.lines) report = JSON.parse(line);
  const code = await child.gone;
  for (const folder of [task.workshop, task.elsewhere]) rmSync(folder, { recursive: true, force: true });
  if (code !== 0 || report === null) throw new Error(`Process ${task.share.at} ended with ${code}: ${child.stderr()}`);
  return report;
}

// A process that builds and recovers its share of the states: `node states-child.ts '{"recording",…}'`.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { certainVariants, nameOfVariant, surviving } from "./crash-variant.ts";
import { createDisk } from "./disk.ts";
import { digestOf, materialise, stateOf } from "./disk-state.ts";
import { readRecording } from "./read-recording.ts";
import { before, readStraces } from "./record-scenario.ts";
import { recoverState } from "./recover-state.ts";
import { createSeededChance } from "./seeded-chance.ts";

export interface StatesTask {
  /** The folder of a recording. */
  readonly recording: string;
  /** Where states are made, one after the other. */
  readonly workshop: string;
  /** A folder on another file system, if this machine has one. */
  readonly elsewhere: string;
  readonly seed: number;
  /** How many states to build; of those that are the same one is recovered. */
  readonly states: number;
  /** Every how many prefixes one is this process's, and which. */
  readonly share: { readonly of: number; readonly at: number };
  /** Only this state. */
  readonly only: { readonly prefix: number; readonly variant: number } | null;
}

export interface StatesReport {
  readonly prefixes: number;
  /** Built, of which some were the same as one before. */
  readonly built: number;
  readonly recovered: number;
  /** In the order in which they were found. */
  readonly violations: readonly { readonly prefix: number; readonly variant: number; readonly sentence: string }[];
}

/** Variants after which a prefix cannot be expected to give a state that is new. */
const mostVariants = 2_000;
const mostViolations = 10;
/** Every how many states one is not only restored, but led to its end, which takes as long as the rest. */
const endEvery = 4;

const task: StatesTask = JSON.parse(process.argv[2] ?? "{}");
const { seed, share, only, workshop } = task;
const recorded = readRecording(join(task.recording, "work"), before, readStraces(task.recording));
const seen = new Set<string>();
const violations: StatesReport["violations"][number][] = [];
let built = 0;
let recovered = 0;
let prefixes = 0;

/** Every prefix of the recording that is ours, with the disk after it. */
async function eachPrefix(
  visit: (prefix: number, disk: ReturnType<typeof createDisk>) => Promise<void>,
): Promise<void> {
  const disk = createDisk();
  for (const step of recorded.before) disk.take(step);
  let prefix = 0;
  for (const step of recorded.steps) {
    if (!disk.take(step)) continue;
    prefix += 1;
    if (prefix % share.of === share.at) await visit(prefix, disk);
  }
  prefixes = prefix;
}

async function check(prefix: number, variant: number, disk: ReturnType<typeof createDisk>): Promise<void> {
  const chance = createSeededChance(seed, prefix, variant);
  const state = stateOf(disk, surviving(variant, disk.unsynced, chance));
  built += 1;
  const digest = `${digestOf(state)} ${disk.acknowledgements.length}`;
  if (seen.has(digest)) return;
  seen.add(digest);
  recovered += 1;
  process.chdir("/");
  materialise(state, workshop, task.elsewhere);
  process.chdir(workshop);
  try {
    await recoverState(disk.acknowledgements, only !== null || recovered % endEvery === 0);
  } catch (error) {
    const sentence = error instanceof Error ? (error.stack ?? error.message) : String(error);
    violations.push({ prefix, variant, sentence: `${nameOfVariant(variant)}: ${sentence}` });
  }
}

if (only === null) {
  const enough = (): boolean => built >= task.states || violations.length >= mostViolations;
  for (let variant = 0; variant < mostVariants && !enough(); variant += 1) {
    await eachPrefix(async (prefix, disk) => {
      // With little unsynced, chance has soon shown all there is.
      const most = certainVariants + 2 ** Math.min(20, disk.unsynced.length + 3);
      if (!enough() && variant < most && (variant < 1 || disk.unsynced.length > 0)) await check(prefix, variant, disk);
    });
  }
} else {
  await eachPrefix(async (prefix, disk) => {
    if (prefix === only.prefix) await check(prefix, only.variant, disk);
  });
}
process.chdir("/");
rmSync(workshop, { recursive: true, force: true });
const report: StatesReport = { prefixes, built, recovered, violations };
process.stdout.write(`${JSON.stringify(report)}\n`);

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { checkDigests, checkSizes } from "./check.ts";
import type { Job } from "./job.ts";
import { canMeasureMemory, type Measurement, measure } from "./measure.ts";
import type { Subject } from "./subject.ts";

export interface JobOptions {
  readonly subjects: readonly Subject[];
  readonly rounds: number;
  /** The server, without a slash at its end. */
  readonly url: string;
  /** A folder on the disk that is to be measured. */
  readonly directory: string;
  say(line: string): void;
}

/** What each subject that could do the job took, by its name, one measurement a round; and why the others did not. */
export interface JobResult {
  readonly job: Job;
  readonly measurements: ReadonlyMap<string, readonly Measurement[]>;
  readonly failed: ReadonlyMap<string, string>;
}

/**
 * Let every subject do `job` once for its bytes, which are compared, and then `rounds` times for its time.
 *
 * Each round has an order of its own, so that nobody always runs behind the same neighbour. What fails once is out.
 */
export async function runJob(job: Job, options: JobOptions): Promise<JobResult> {
  const { subjects, rounds, say } = options;
  const measurements = new Map<string, Measurement[]>();
  const failed = new Map<string, string>();
  const withUsage = await canMeasureMemory();
  for (let round = 0; round <= rounds; round += 1) {
    for (const subject of shuffled(subjects)) {
      if (failed.has(subject.name)) continue;
      try {
        const measurement = await runOnce(job, subject, options, round === 0, withUsage);
        if (measurement === null) continue;
        say(
          `${job.title}, ${round === 0 ? "check" : `round ${round}`}: ${subject.name} ${measurement.wallS.toFixed(2)} s`,
        );
        if (round > 0) measurements.set(subject.name, [...(measurements.get(subject.name) ?? []), measurement]);
      } catch (error) {
        failed.set(subject.name, error instanceof Error ? error.message : String(error));
        say(`${job.title}: ${subject.name} is out: ${failed.get(subject.name)}`);
      }
    }
  }
  return { job, measurements, failed };
}

async function runOnce(
  job: Job,
  subject: Subject,
  { url, directory }: JobOptions,
  checking: boolean,
  withUsage: boolean,
): Promise<Measurement | null> {
  const home = await mkdtemp(join(directory, "run-"));
  try {
    const [output, scratch, list] = [join(home, "output"), join(home, "scratch"), join(home, "list")];
    for (const folder of [output, scratch]) await mkdir(folder);
    await writeFile(list, Array.from({ length: job.count }, (_, index) => `${url}/${job.nameOf(index)}\n`).join(""));
    const command = subject.command({ job, url, list, output, scratch, checking });
    if (command === null) return null;
    const usage = withUsage ? join(home, "usage") : null;
    const measurement = await measure(command, { cwd: home, env: process.env, usage });
    if (checking) await checkDigests(job, output);
    else if (subject.handsOut) await checkSizes(job, output);
    return measurement;
  } finally {
    // Outside of the clock, and at once: dirty pages of a file that is gone need not be written back.
    await rm(home, { recursive: true, force: true });
  }
}

function shuffled<T>(values: readonly T[]): readonly T[] {
  return values
    .map((value) => ({ value, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

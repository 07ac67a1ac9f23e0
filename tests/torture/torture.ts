import { expect } from "vitest";
import type { Origin } from "../origin/origin.ts";
import { FaultPlan, type Phase, type Planned } from "./fault-plan.ts";
import { createJob } from "./torture-job.ts";
import { ask, end, type Life, newStory, openLife, type Story } from "./torture-life.ts";

export interface Outcome {
  /** The call that failed first, or `null` if the run had fewer calls. */
  readonly hit: string | null;
  readonly calls: number;
  /** By id the type of its event; not there if the fetch was refused. */
  readonly ends: ReadonlyMap<string, string>;
  /** How somebody who watches could know of the fault. */
  readonly told: readonly string[];
  readonly during: Phase;
  /** Something was still waiting when the faulty engines were closed. */
  readonly waited: boolean;
}

/** Nothing may take longer: a hang. */
const limitMs = 5_000;
/** How long a record may wait for a disk that has failed before the test looks away. */
const patienceMs = 120;

/**
 * One run: an engine that takes the fetches and is closed in the middle, one that goes on, both with the fault; then it
 * is healed, and one that must bring everything to an end.
 */
export async function torture(origin: Origin, folder: string, run: number, planned: Planned): Promise<Outcome> {
  const job = createJob(origin, folder, run);
  const plan = new FaultPlan(planned);
  const story = newStory();
  const patience = async (): Promise<void> => {
    await plan.hit;
    await new Promise((resolve) => setTimeout(resolve, patienceMs));
  };
  const first = await within(openLife(job, story, plan), "opening");
  if (first !== null) {
    plan.phase = "stalling";
    await within(ask(first, job, story), "fetch()");
    // A request that may not be repeated is not to be cut: that would be another failure.
    const inTheMiddle = Promise.all([first.stalled, first.released("form")]);
    await within(Promise.race([inTheMiddle, first.released(), patience()]), "the middle");
    await within(end(first, story, plan), "close()");
  }
  job.goOn();
  const second = await within(openLife(job, story, plan), "opening again");
  if (second !== null) {
    const over = second.released();
    // A disk that is full for a moment may be waited for; so may one that stays as it is.
    const mayWait = planned.forEver || planned.errno === "ENOSPC";
    await within(mayWait ? Promise.race([over, patience()]) : over, "the end");
    job.published();
    await within(end(second, story, plan), "close()");
  }
  const waited = [...story.taken].some((id) => !story.released.has(id));
  const { length: calls } = plan.calls;
  const hit = plan.hits[0] ?? null;
  plan.heal();
  await heal(job, story);
  expect(story.violations).toEqual([]);
  expect(job.sent()).toBeLessThanOrEqual(1);
  return { hit, during: plan.hitDuring, calls, ends: story.ends, told: story.told, waited };
}

/** The store works again: what was taken comes to its end, and nothing is left. */
async function heal(job: ReturnType<typeof createJob>, story: Story): Promise<void> {
  const healed = await openLife(job, story, null);
  expect(healed).not.toBeNull();
  const life = healed as Life;
  await within(life.released(), "the end after healing");
  await within(end(life, story), "close()");
  for (const id of story.taken) expect(story.ends.get(id)).toMatch(/^backgroundfetch(success|fail)$/);
  if (story.ends.get("files") === "backgroundfetchsuccess") expect(job.published()).toBe(true);
  await job.checkLeft();
}

async function within<T>(work: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It hangs: ${what}`)), limitMs);
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

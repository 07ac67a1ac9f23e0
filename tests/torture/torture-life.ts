import { expect } from "vitest";
import { openNodePorts } from "../../adapters/node/node-ports.ts";
import { createEngine, type Engine, isLonghaulError } from "../../core/index.ts";
import { FailingBodies } from "./failing-bodies.ts";
import { FailingJournal } from "./failing-journal.ts";
import type { FaultPlan } from "./fault-plan.ts";
import { stalledAt, type TortureJob } from "./torture-job.ts";

/** What became of the fetches of a run, over all of its engines. */
export interface Story {
  /** Fetches whose `fetch()` has resolved. */
  readonly taken: Set<string>;
  /** By id the event that told of its end. */
  readonly ends: Map<string, string>;
  readonly released: Set<string>;
  /** Where a fault was told: what somebody who watches could know of it. */
  readonly told: string[];
  /** What a handler saw that must not be: what it throws would be the engine's to tell. */
  readonly violations: string[];
}

export const newStory = (): Story => ({
  taken: new Set(),
  ends: new Map(),
  released: new Set(),
  told: [],
  violations: [],
});

/** One engine on the store of a run. */
export interface Life {
  readonly engine: Engine;
  /** Resolves once every fetch that was taken is released, or this one. */
  released(id?: string): Promise<void>;
  /** Resolves once the download that stalls has been stored as far as it comes. */
  readonly stalled: Promise<void>;
}

/** Open an engine, with the plan's faults if there is one. `null` if it cannot be opened; that has been told then. */
export async function openLife(job: TortureJob, story: Story, plan: FaultPlan | null): Promise<Life | null> {
  const real = await openNodePorts({ directory: job.directory });
  const failing = plan && {
    bodies: new FailingBodies(real.bodies, plan),
    journal: new FailingJournal(real.journal, plan),
  };
  const options = { retry: { limit: 4, minDelayMs: 1, maxDelayMs: 4 }, checkpointBytes: 16_384, checkpointMs: 4 };
  try {
    // Released by an engine that was closed before it could say so: only if its event has been handled.
    for (const id of await job.releasedIds()) {
      if (!story.ends.has(id)) story.violations.push(`The event of ${id} was lost`);
      story.released.add(id);
    }
    const engine = await createEngine({ ...real, ...failing }, { ...options, writeBytes: 8_192, progressMs: 1 });
    return lifeOf(engine, job, story);
  } catch (error) {
    if (!isLonghaulError(error)) throw error;
    story.told.push(`open: ${error.code}`);
    return null;
  }
}

function lifeOf(engine: Engine, job: TortureJob, story: Story): Life {
  const seen = new Set<string>();
  const stalled = Promise.withResolvers<void>();
  const waiting = new Set<() => void>();
  engine.events.on("fault", ({ during }) => story.told.push(`fault: ${during}`));
  engine.events.on("record.state", ({ failure, state }) => {
    if (failure !== null) story.told.push(`${state}: ${failure.code}`);
  });
  engine.events.on("record.settled", ({ failure, state }) => {
    if (failure !== null) story.told.push(`${state}: ${failure.code}`);
  });
  engine.events.on("registration.progress", ({ changed }) => {
    if (changed.some(({ index, stored }) => index === 1 && stored >= stalledAt)) stalled.resolve();
  });
  engine.events.on("registration.state", ({ id, state }) => {
    if (state !== "released") return;
    story.released.add(id);
    for (const look of waiting) look();
  });
  for (const type of ["backgroundfetchsuccess", "backgroundfetchfail", "backgroundfetchabort"] as const) {
    engine.addEventListener(type, async ({ registration }) => {
      try {
        await look(registration, type, seen, job, story);
      } catch (error) {
        story.violations.push(String(error));
      }
    });
  }
  return {
    engine,
    stalled: stalled.promise,
    released: (wanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          if ([...story.taken].every((id) => story.released.has(id) || (wanted ?? id) !== id)) resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

type Registration = NonNullable<Awaited<ReturnType<Engine["backgroundFetch"]["get"]>>>;

/** One end: an event once for each engine, always the same, and never after its fetch was released. */
async function look(registration: Registration, type: string, seen: Set<string>, job: TortureJob, story: Story) {
  const { id } = registration;
  expect(seen).not.toContain(id);
  expect(story.released).not.toContain(id);
  expect(story.ends.get(id) ?? type).toBe(type);
  seen.add(id);
  story.ends.set(id, type);
  if (type === "backgroundfetchfail") {
    expect(["fetch-error", "quota-exceeded"]).toContain(registration.failureReason);
  } else if (id === "files") {
    expect(job.published()).toBe(true);
    await lookAtKept(registration, job, story);
  }
}

async function lookAtKept(registration: Registration, job: TortureJob, story: Story): Promise<void> {
  try {
    const response = await (await registration.match(job.downloads.urls[2] ?? ""))?.responseReady;
    expect(job.isKeptBody(new Uint8Array((await response?.arrayBuffer()) ?? []))).toBe(true);
  } catch (error) {
    if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
    story.told.push(`match: ${error.name}`);
  }
}

/** Ask for what the run does, as far as it was not taken before. */
export async function ask({ engine }: Life, job: TortureJob, story: Story): Promise<void> {
  const { urls, destinations } = job.downloads;
  const asked = [
    ["files", () => engine.backgroundFetch.fetch("files", urls, { destinations })],
    ["form", () => engine.backgroundFetch.fetch("form", new Request(job.form, { method: "POST", body: "photo" }))],
  ] as const;
  for (const [id, fetch] of asked) {
    try {
      await fetch();
      story.taken.add(id);
    } catch (error) {
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
      story.told.push(`fetch: ${error.name}`);
    }
  }
}

/** Close it, and say if it could not be closed well. */
export async function end({ engine }: Life, story: Story, plan?: FaultPlan): Promise<void> {
  try {
    if (plan !== undefined) plan.phase = "closing";
    await engine.close();
  } catch (error) {
    if (!isLonghaulError(error)) throw error;
    story.told.push(`close: ${error.code}`);
  } finally {
    if (plan !== undefined) plan.phase = "running";
  }
}

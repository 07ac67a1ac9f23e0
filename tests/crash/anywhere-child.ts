// A process to be killed at any moment. It loads, waits for its task on standard input, and then says each thing it is
// told only after it was told: what it has said must be true for ever, whatever ends it.
import { createHash } from "node:crypto";
import { createInterface } from "node:readline";
import { openEngine, readStore } from "../../adapters/node/index.ts";
import type { BackgroundFetchRegistration } from "../../core/index.ts";
import { fileDigest } from "./file-digest.ts";

export interface AnywhereFetch {
  readonly id: string;
  readonly urls: readonly string[];
  readonly destinations: readonly (string | null)[];
}

export interface AnywhereTask {
  readonly directory: string;
  readonly fetches: readonly AnywhereFetch[];
}

export type AnywhereLine =
  | readonly ["loaded" | "opening" | "opened" | "closing"]
  | readonly ["fetched" | "released", id: string]
  | readonly ["downloaded", id: string, bytes: number]
  | readonly ["settled", id: string, index: number, end: string]
  | readonly ["event", id: string, type: string]
  | readonly ["handled", id: string, digests: readonly string[]];

function say(...line: AnywhereLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** What a user's handler does before it lets go of everything: look at every file and every body once more. */
async function digestsOf(
  registration: BackgroundFetchRegistration,
  { destinations }: AnywhereFetch,
): Promise<string[]> {
  const records = await registration.matchAll();
  const digests: string[] = [];
  for (const [index, path] of destinations.entries()) {
    if (path !== null) digests.push(await fileDigest(path));
    else digests.push(await bodyDigest(await records[index]?.responseReady));
  }
  return digests;
}

async function bodyDigest(response: Response | undefined): Promise<string> {
  const bytes = new Uint8Array((await response?.arrayBuffer()) ?? []);
  return createHash("sha256").update(bytes).digest("hex");
}

async function phasesIn(directory: string): Promise<ReadonlyMap<string, string>> {
  const phases = new Map<string, string>();
  await using rows = await readStore({ directory });
  for await (const { id, phase } of rows.registrations()) phases.set(id, phase);
  return phases;
}

async function run({ directory, fetches }: AnywhereTask): Promise<void> {
  say("opening");
  const retry = { minDelayMs: 5, maxDelayMs: 20 };
  const options = { directory, retry, checkpointBytes: 262_144, checkpointMs: 20, progressMs: 1 };
  await using engine = await openEngine(options);
  say("opened");
  const waiting = new Set(fetches.map(({ id }) => id));
  const over = Promise.withResolvers<void>();
  const leave = (id: string): void => {
    waiting.delete(id);
    if (waiting.size === 0) over.resolve();
  };
  engine.events.on("fault", ({ error, during }) => process.stderr.write(`${during}: ${String(error)}\n`));
  engine.events.on("record.settled", ({ id, index, state, failure }) => {
    say("settled", id, index, failure === null ? state : `${state} ${failure.code}: ${failure.detail}`);
  });
  engine.events.on("registration.progress", ({ id, downloaded }) => say("downloaded", id, downloaded));
  engine.events.on("registration.state", ({ id, state }) => {
    if (state !== "released") return;
    say("released", id);
    leave(id);
  });
  for (const type of ["backgroundfetchsuccess", "backgroundfetchfail", "backgroundfetchabort"] as const) {
    engine.addEventListener(type, async ({ registration }) => {
      say("event", registration.id, type);
      const fetch = fetches.find(({ id }) => id === registration.id);
      say("handled", registration.id, fetch === undefined ? [] : await digestsOf(registration, fetch));
    });
  }
  const phases = await phasesIn(directory);
  for (const { id, urls, destinations } of fetches) {
    if (phases.get(id) === "released") leave(id);
    if (phases.has(id)) continue;
    await engine.backgroundFetch.fetch(id, urls, { destinations });
    say("fetched", id);
  }
  await over.promise;
  say("closing");
}

say("loaded");
for await (const line of createInterface({ input: process.stdin })) {
  await run(JSON.parse(line));
  break;
}
process.stdin.destroy();

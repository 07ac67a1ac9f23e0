// A process whose system calls are recorded: `node recorded-child.ts '{"origin","run"}'`, in the working folder.
import { writeSync } from "node:fs";
import { resolve } from "node:path";
import { openEngine } from "../../adapters/node/index.ts";
import { bytesOf } from "../origin/body.ts";
import { type Acknowledgement, formatAcknowledgement } from "./acknowledgement.ts";
import { absoluteHere, fetches, postedSeed, type ScenarioFetch, storeFolder } from "./scenario.ts";

export interface RecordedTask {
  readonly origin: string;
  /** The first is killed, the second goes on and does the rest, the third only opens and closes. */
  readonly run: 1 | 2 | 3;
}

const KiB = 1024;
const { origin, run }: RecordedTask = JSON.parse(process.argv[2] ?? "{}");
/** In the second run batches of more than 64 KiB, which are written on another thread. */
const checkpointBytes = run === 1 ? 32 * KiB : 160 * KiB;
const engine = await openEngine({
  directory: resolve(storeFolder),
  checkpointBytes,
  checkpointMs: 60_000,
  progressMs: 1,
});

/** Synchronously, so that its place in the recording is the moment of the acknowledgement. */
function acknowledge(acknowledgement: Acknowledgement): void {
  writeSync(1, formatAcknowledgement(acknowledgement));
}

engine.events.on("registration.progress", ({ id, changed }) => {
  for (const { index, stored } of changed) acknowledge({ type: "stored", id, index, bytes: stored });
  const [first] = changed;
  if (first === undefined || first.index !== 0) return;
  if (run === 1 && id === fetches.film.id && first.stored >= 96 * KiB) process.kill(process.pid, "SIGKILL");
  if (id === fetches.left.id && first.stored > 0) void abort(id);
});
engine.events.on("record.settled", ({ id, index, state }) => acknowledge({ type: "settled", id, index, state }));
const released = new Map<string, PromiseWithResolvers<void>>();
engine.events.on("registration.state", ({ id, state }) => {
  if (state !== "released") return;
  acknowledge({ type: "released", id });
  whenReleased(id).resolve();
});
engine.events.on("fault", ({ error, during }) => process.stderr.write(`${during}: ${String(error)}\n`));
engine.addEventListener("backgroundfetchsuccess", ({ registration }) =>
  acknowledge({ type: "event", id: registration.id }),
);
engine.addEventListener("backgroundfetchabort", ({ registration }) =>
  acknowledge({ type: "event", id: registration.id }),
);
engine.addEventListener("backgroundfetchfail", ({ registration }) => {
  process.stderr.write(`${registration.id}: ${registration.failureReason}\n`);
});

if (run === 1) {
  await fetchAll(fetches.form);
  await begin(fetches.film);
}
if (run === 2) {
  await whenReleased(fetches.film.id).promise;
  for (const one of [fetches.tape, fetches.disc, fetches.left]) await fetchAll(one);
}
if (run !== 1) await engine.close();

async function fetchAll(one: ScenarioFetch): Promise<void> {
  await begin(one);
  await whenReleased(one.id).promise;
}

async function begin({ id, records, posted, replace }: ScenarioFetch): Promise<void> {
  const body = posted === null ? null : new Uint8Array(bytesOf(postedSeed, 0, posted));
  const method = posted === null ? "GET" : "POST";
  const requests = records.map(({ path }) => new Request(origin + path, { method, body }));
  const destinations = records.map(({ destination }) => (destination === null ? null : absoluteHere(destination)));
  await engine.backgroundFetch.fetch(id, requests, { destinations, replace });
  acknowledge({ type: "fetched", id });
}

async function abort(id: string): Promise<void> {
  const registration = await engine.backgroundFetch.get(id);
  if (await registration?.abort()) acknowledge({ type: "aborted", id });
}

function whenReleased(id: string): PromiseWithResolvers<void> {
  const known = released.get(id) ?? Promise.withResolvers<void>();
  released.set(id, known);
  return known;
}

import { expect } from "vitest";
import { memoryPorts } from "../../../adapters/memory/index.ts";
import { UndiciTransport } from "../../../adapters/node/index.ts";
import { NodeCodings } from "../../../adapters/node/node-codings.ts";
import { type BackgroundFetchRecord, createEngine, type Engine } from "../../../core/index.ts";
import type { ExchangeFailure } from "../../../models/exchange-failure.ts";
import { type Answer, createFaultServer } from "../fault-server.ts";
import type { FaultScenario, Seen } from "./scenario.ts";
import { slowBodies } from "./slow-bodies.ts";

/** Failures in a row that a record may have here: enough for every scenario that ends well. */
export const retryLimit = 4;

/** Run one scenario through an engine and a server of its own, and hold it to what it promises. */
export async function runScenario(scenario: FaultScenario): Promise<void> {
  const { answers, elsewhere = {}, outcome, asked, also } = scenario;
  const books = new Map<string, readonly Answer[]>([["/file", answers], ...Object.entries(elsewhere)]);
  const times: number[] = [];
  await using server = await createFaultServer((wire, request) => {
    times.push(performance.now());
    const book = books.get(request.path) ?? [];
    return (book[request.nth] ?? book.at(-1))?.(wire, request);
  });
  await using engine = await createEngine(
    {
      ...memoryPorts(),
      codings: new NodeCodings(),
      bodies: slowBodies(scenario.writeTurns ?? 0),
      transport: new UndiciTransport({ idleTimeoutMs: 5_000, ...scenario.transport }),
    },
    { retry: { limit: retryLimit, minDelayMs: 1, maxDelayMs: 3 }, progressMs: 1, ...scenario.engine },
  );

  const told = await follow(engine, `${server.url}/file`, scenario);

  const last = times.at(-1) ?? 0;
  const seen: Seen = { ...told, requests: server.requests, lastedMs: last - (times[0] ?? last) };
  if (outcome instanceof Uint8Array) {
    expect(seen.failure).toBeNull();
    expect(seen.body?.equals(outcome), `the body, ${seen.body?.length} bytes for ${outcome.length}`).toBe(true);
  } else {
    expect([outcome].flat()).toContain(seen.failure?.code);
  }
  const own = server.requests.filter(({ path }) => path === "/file");
  if (asked !== undefined) expect(own.map((request, at) => wanted(request.asked, asked[at]))).toEqual(asked);
  also?.(seen);
}

/** What a request asked for, but for the stored bytes before it, at most 64 KiB, that it asked for to compare them (A16). */
function wanted(asked: string, expected = ""): string {
  const [, first] = /^from (\d+)/.exec(expected) ?? [];
  const compared = `from ${Number(first) - Math.min(65_536, Math.floor(Number(first) / 2))}`;
  return first !== undefined && asked === expected.replace(`from ${first}`, compared) ? expected : asked;
}

type Told = Omit<Seen, "requests" | "lastedMs">;

/** Fetch one URL, and tell how it went: everything that a program that uses the engine can know. */
export async function follow(
  engine: Engine,
  url: string,
  scenario: Pick<FaultScenario, "request" | "fetch">,
): Promise<Told> {
  const progress: number[] = [];
  const settled = new Promise<{ failure: ExchangeFailure | null; lengthProven?: unknown }>((resolve) => {
    engine.events.once("record.settled", resolve);
  });
  engine.events.on("registration.progress", ({ downloaded }) => progress.push(downloaded));
  const exposed = new Promise<{ status: number | null; body: Buffer | null }>((resolve, reject) => {
    for (const type of ["backgroundfetchsuccess", "backgroundfetchfail"] as const) {
      engine.addEventListener(type, (event) => {
        const reading = read(event.registration.matchAll());
        event.waitUntil(reading);
        reading.then(resolve, reject);
      });
    }
  });
  await engine.backgroundFetch.fetch("file", new Request(url, scenario.request), scenario.fetch);
  const { failure, lengthProven } = await settled;
  return { ...(await exposed), failure, lengthProven, progress };
}

async function read(
  records: Promise<readonly BackgroundFetchRecord[]>,
): Promise<{ status: number | null; body: Buffer | null }> {
  const [record] = await records;
  const response = await record?.responseReady.catch(() => undefined);
  if (response === undefined) return { status: null, body: null };
  const body = await response.arrayBuffer().catch(() => new ArrayBuffer(0));
  return { status: response.status, body: Buffer.from(body) };
}

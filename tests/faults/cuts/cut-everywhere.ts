import { memoryPorts } from "../../../adapters/memory/index.ts";
import { UndiciTransport } from "../../../adapters/node/index.ts";
import { createEngine } from "../../../core/index.ts";
import { createFaultServer } from "../fault-server.ts";
import { type CutEnd, type CutFraming, cutAnswer, cutFile } from "./cut-answers.ts";

/** Every byte by default; a larger stride for a quick look. */
const stride = Number(process.env["LONGHAUL_CUT_STRIDE"] ?? 1);
const perOrigin = 32;
const limits = { retry: { minDelayMs: 1, maxDelayMs: 2 }, maxActive: 64, perOrigin, progressMs: 1_000 };

/** What came of the cut after `position` bytes. */
export interface CutResult {
  readonly position: number;
  readonly body: Buffer | null;
  /** What each request asked for. */
  readonly asked: readonly string[];
  readonly lengthProven: unknown;
}

/** Cut the first answer once at every position of `positions`, each in a record of its own. */
export async function cutEverywhere(
  framing: CutFraming,
  end: CutEnd,
  positions: readonly number[],
  proof: { readonly integrity?: string } = {},
): Promise<readonly CutResult[]> {
  await using server = await createFaultServer(cutAnswer(framing, end));
  await using engine = await createEngine({ ...memoryPorts(), transport: new UndiciTransport({ perOrigin }) }, limits);
  const proven = new Map<number, unknown>();
  engine.events.on("record.settled", (notice) => {
    proven.set(notice.index, "lengthProven" in notice ? notice.lengthProven : undefined);
  });
  const asked = new Map<string, string[]>();
  const bodies = new Promise<readonly (Buffer | null)[]>((resolve, reject) => {
    for (const type of ["backgroundfetchsuccess", "backgroundfetchfail"] as const) {
      engine.addEventListener(type, (event) => {
        const reading = event.registration.matchAll().then((records) =>
          Promise.all(
            records.map((record) =>
              record.responseReady.then(
                async (response) => Buffer.from(await response.arrayBuffer()),
                () => null,
              ),
            ),
          ),
        );
        event.waitUntil(reading);
        reading.then(resolve, reject);
      });
    }
  });
  const urls = positions.map((position) => `${server.url}/${position}`);
  await engine.backgroundFetch.fetch("cuts", urls, proof);
  const got = await bodies;
  for (const request of server.requests) asked.set(request.path, [...(asked.get(request.path) ?? []), request.asked]);
  return positions.map((position, index) => ({
    position,
    body: got[index] ?? null,
    asked: asked.get(`/${position}`) ?? [],
    lengthProven: proven.get(index),
  }));
}

/** Every stride-th position up to `end`, which is one of them. */
export function positionsUpTo(end: number, start = 0): readonly number[] {
  const some = Array.from({ length: Math.ceil((end - start) / stride) }, (_, index) => start + index * stride);
  return [...some, end];
}

/** The positions at which the result is not the file. */
export function wrongOf(results: readonly CutResult[]): readonly number[] {
  return results.filter(({ body }) => body === null || !body.equals(cutFile.body)).map(({ position }) => position);
}

/** How the results came about, in words for a person who watches. */
export function countsOf(results: readonly CutResult[]): string {
  const atOnce = results.filter(({ asked }) => asked.length === 1).length;
  const resumed = results.filter(({ asked }) => asked[1]?.startsWith("from ")).length;
  const restarted = results.length - atOnce - resumed;
  return `${results.length} cuts: ${atOnce} right at once, ${resumed} resumed, ${restarted} restarted`;
}

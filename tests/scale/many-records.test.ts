import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { openEngine, readStore } from "../../adapters/node/index.ts";
import { temporaryFolder } from "../crash/temporary-folder.ts";
import { spawnOrigin } from "./spawn-origin.ts";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Bytes that are still in use, after everything else has been collected. */
function liveHeap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

const count = 100_000;
const MiB = 1024 * 1024;

describe("scale", () => {
  // Mutants: an actor per record; all rows in memory; a child of the registration per record.
  it(`L1 ${count} records in one registration: made in 5 s, run, and listed in 100 ms, in memory that does not grow with them`, async () => {
    await using folder = await temporaryFolder();
    // A process of its own, so that its log of 100,000 requests is not taken for the engine's memory.
    await using origin = await spawnOrigin({ resources: { "/small": { body: { size: 14, seed: 1 } } } });
    const directory = join(folder.path, "store");
    await using engine = await openEngine({ directory, perOrigin: 16 });
    const urls = function* (): Generator<string> {
      for (let index = 0; index < count; index += 1) yield `${origin.url}/small?${index}`;
    };
    const live = liveHeap();
    const resident = process.memoryUsage().rss;

    const began = performance.now();
    const registration = await engine.backgroundFetch.fetch("many", urls());
    const made = performance.now() - began;
    let peak = 0;
    let halfway = 0;
    engine.events.on("registration.progress", ({ records }) => {
      peak = Math.max(peak, process.memoryUsage().rss - resident);
      if (halfway === 0 && records.settled > count / 2) halfway = liveHeap() - live;
    });
    let listed = Number.POSITIVE_INFINITY;
    engine.events.once("registration.progress", () => void list().then((ms) => (listed = ms)));
    const list = async (): Promise<number> => {
      const start = performance.now();
      await using store = await readStore({ directory });
      for await (const row of store.registrations()) await store.records(row.uid, 0, 100);
      return performance.now() - start;
    };
    await new Promise((resolve) => engine.addEventListener("backgroundfetchsuccess", resolve));
    const ran = performance.now() - began - made;

    expect(made).toBeLessThan(5_000);
    expect(listed).toBeLessThan(100);
    expect(registration.downloaded).toBe(count * 14);
    // 300 bytes for each waiting record would already be more.
    expect(halfway).toBeLessThan(16 * MiB);
    console.log(
      `${count} records: made in ${(made / 1000).toFixed(1)} s, listed in ${listed.toFixed(0)} ms, run in ` +
        `${(ran / 1000).toFixed(1)} s (${Math.round((count / ran) * 1000)}/s), live heap grew ${(halfway / MiB).toFixed(1)} MiB half-way, RSS ${Math.round(peak / MiB)} MiB at most`,
    );
  }, 300_000);
});

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openEngine, readStore } from "../../adapters/node/index.ts";
import { temporaryFolder } from "../crash/temporary-folder.ts";
import { createOrigin } from "../origin/origin.ts";

const count = 100_000;
const MiB = 1024 * 1024;

describe("scale", () => {
  // Mutants: an actor per record; all rows in memory; a child of the registration per record.
  it(`L1 ${count} records in one registration: made in 5 s, run, and listed in 100 ms, in memory that does not grow with them`, async () => {
    await using folder = await temporaryFolder();
    await using origin = await createOrigin();
    const small = Buffer.from("a small answer");
    origin.route("/many/", (_request, response, entry) => {
      entry.status = 200;
      response.writeHead(200, { "content-length": small.byteLength, etag: '"small"' }).end(small);
    });
    const directory = join(folder.path, "store");
    await using engine = await openEngine({ directory, perOrigin: 16 });
    const urls = function* (): Generator<string> {
      for (let index = 0; index < count; index += 1) yield `${origin.url}/many/${index}`;
    };
    globalThis.gc?.();
    const resident = process.memoryUsage().rss;

    const began = performance.now();
    const registration = await engine.backgroundFetch.fetch("many", urls());
    const made = performance.now() - began;
    let peak = 0;
    engine.events.on("registration.progress", () => {
      peak = Math.max(peak, process.memoryUsage().rss - resident);
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
    expect(registration.downloaded).toBe(count * small.byteLength);
    expect(origin.log).toHaveLength(count);
    console.log(
      `${count} records: made in ${(made / 1000).toFixed(1)} s, listed in ${listed.toFixed(0)} ms, run in ` +
        `${(ran / 1000).toFixed(1)} s (${Math.round((count / ran) * 1000)}/s), RSS grew ${Math.round(peak / MiB)} MiB at most ` +
        "(server and log of the test in the same process)",
    );
  }, 300_000);
});

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readStore } from "../../adapters/node/index.ts";
import type { Engine } from "../../core/index.ts";
import { bytesOf } from "../origin/body.ts";
import { createFixture, KiB, MiB, reached } from "./fixture.ts";

const sizes = [0, 1, 700 * KiB, 3 * MiB, 5 * MiB];
const interruption = fc.record({
  /** Notices of progress to wait for. */
  after: fc.nat({ max: 6 }),
  what: fc.constantFrom("pause", "pause and resume", "close", "pause and close", "cut", "change"),
});

/** Resolves after so many notices, or once the registration is no longer active. */
function progress(engine: Engine, count: number): Promise<void> {
  return new Promise((resolve) => {
    let left = count;
    const look = (): void => {
      left -= 1;
      if (left <= 0) resolve();
    };
    engine.events.on("registration.progress", look);
    engine.events.on("registration.state", ({ state }) => void (state === "delivering" && resolve()));
    if (count === 0) resolve();
  });
}

describe("interruptions", () => {
  // Mutants: judge a part without its validator, and send no If-Range; count both generations of a record that began anew.
  it(
    "True bytes, Nothing lost: whatever is done to a download, it ends with the right bytes and the right totals",
    () =>
      fc.assert(
        fc.asyncProperty(fc.array(interruption, { minLength: 1, maxLength: 6 }), async (interruptions) => {
          await using fixture = await createFixture();
          /** All that the last resource ever was: an answer that has begun goes on with what it was then. */
          const versions = [sizes.length];
          const resources = sizes.map((size, index) =>
            fixture.origin.resource(`/${index}`, { body: { size, seed: index + 1 }, bytesPerSecond: 20 * MiB }),
          );
          const options = { checkpointMs: 10, checkpointBytes: 256 * KiB, writeBytes: 64 * KiB };
          let engine = await fixture.restart(options);
          await engine.backgroundFetch.fetch(
            "all",
            resources.map(({ url }) => url),
          );
          for (const { after, what } of interruptions) {
            await progress(engine, after);
            const registration = await engine.backgroundFetch.get("all");
            if (registration === undefined) break;
            if (what.startsWith("pause")) await registration.pause();
            if (what === "cut") resources[4]?.faults.add({ type: "cut", after: 100 * KiB, how: "rst" });
            if (what === "change" && registration.downloaded < 5 * MiB) {
              versions.push(100 + versions.length);
              resources[4]?.change({ body: { size: 5 * MiB, seed: versions.at(-1) ?? 0 } });
            }
            if (what.endsWith("close")) engine = await fixture.restart(options);
            await (await engine.backgroundFetch.get("all"))?.resume();
          }

          const released = reached(engine, "released");
          const bodies = await new Promise<Buffer[]>((resolve, reject) => {
            engine.addEventListener("backgroundfetchfail", () => reject(new Error("failed")));
            engine.addEventListener("backgroundfetchsuccess", (event) => {
              const read = async (): Promise<Buffer[]> => {
                const records = await event.registration.matchAll();
                return Promise.all(records.map(async (one) => Buffer.from(await (await one.responseReady).bytes())));
              };
              const reading = read();
              event.waitUntil(reading);
              reading.then(resolve, reject);
            });
          });
          await released;

          for (const [index, size] of sizes.entries()) {
            const seeds = index === 4 ? versions : [index + 1];
            const right = seeds.some((seed) => bodies[index]?.equals(bytesOf(seed, 0, size)));
            expect(right, `body ${index}`).toBe(true);
          }
          await using rows = await readStore({ directory: `${fixture.folder}/store` });
          for await (const row of rows.registrations()) {
            expect([row.settled, row.succeeded, row.downloaded]).toEqual([
              5,
              5,
              sizes.reduce((sum, size) => sum + size),
            ]);
          }
          const left = await readdir(join(fixture.folder, "store", "bodies"), { recursive: true, withFileTypes: true });
          expect(left.filter((entry) => entry.isFile())).toEqual([]);
        }),
        { numRuns: 15, endOnFailure: true },
      ),
    60_000,
  );
});

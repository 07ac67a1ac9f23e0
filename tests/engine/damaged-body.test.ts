import { rmSync, truncateSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileDigest } from "../crash/file-digest.ts";
import { flipByte } from "../faults/flip-byte.ts";
import { sha256Of } from "../origin/body.ts";
import { createFixture, type Fixture, KiB, MiB, nextEvent, reached } from "./fixture.ts";
import { engineByHand, puts } from "./hand-journal.ts";
import { askedFrom, bodyFilesOf, faultsOf, partialDownload, size } from "./partial-download.ts";

/** Damage a download between two runs; what the second makes of it. */
async function goOnAfter(fixture: Fixture, damage: (body: string, note: string) => unknown) {
  const destination = join(fixture.folder, "file");
  await partialDownload(fixture, { destinations: [destination] });
  const [body = "", note = ""] = bodyFilesOf(fixture);
  await damage(body, note);
  const engine = await fixture.restart();
  const faults = faultsOf(engine);
  const { type } = await nextEvent(engine);
  expect([type, await fileDigest(destination)]).toEqual(["backgroundfetchsuccess", sha256Of(1, size)]);
  return { faults, from: askedFrom(fixture) };
}

const noticed = ["checking what is stored"];

// Mutants, each seen to fail: `examineStored` that returns at once; `intactBytes` that gives `length`; `examined` that tells of
// the fault but keeps `received`; a cut to the end of the damaged block.
describe("a body that is changed between two runs", () => {
  it("F9 a byte that flipped is fetched again, and what comes before its block is kept", async () => {
    await using fixture = await createFixture();
    const { faults, from } = await goOnAfter(fixture, (body) => flipByte(body, 5 * MiB + 77));

    expect(faults).toEqual(noticed);
    expect(from).toBe(5 * MiB);
  });

  it("F9 a file that was cut short goes on from its end", async () => {
    await using fixture = await createFixture();
    const { faults, from } = await goOnAfter(fixture, (body) => truncateSync(body, 3 * MiB + 5));

    expect(faults).toEqual(noticed);
    expect(from).toBe(3 * MiB + 5);
  });

  it("F8 a file that was deleted is fetched anew", async () => {
    await using fixture = await createFixture();
    const { faults, from } = await goOnAfter(fixture, (body) => rmSync(body));

    expect(faults).toEqual(noticed);
    expect(from).toBe(0);
    expect(bodyFilesOf(fixture)).toEqual([]);
  });

  it("F9 a sidecar that is damaged or gone costs nothing", async () => {
    for (const damage of [
      (_: string, note: string) => rmSync(note),
      (_: string, note: string) => flipByte(note, 3),
      (_: string, note: string) => writeFile(note, Buffer.alloc(5_000)),
    ]) {
      await using fixture = await createFixture();
      const { faults, from } = await goOnAfter(fixture, damage);

      expect(faults).toEqual([]);
      expect(from).toBeGreaterThanOrEqual(8 * MiB);
    }
  });

  it("F8 a whole body that is gone before its end was settled is fetched again, not handed out", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: 100 * KiB, seed: 1 } });
    const { engine: first, journal } = await engineByHand(fixture);
    journal.full = (changes) => puts(changes, "record", (row) => row.includes("success"));
    const fault = new Promise((resolve) => first.events.once("fault", resolve));
    await first.backgroundFetch.fetch("episode", url);
    await fault;
    await first.close();
    for (const file of bodyFilesOf(fixture)) rmSync(file);

    const second = await fixture.restart();
    const length = await new Promise<number | undefined>((resolve) => {
      second.addEventListener("backgroundfetchsuccess", (event) => {
        const read = async () => (await (await event.registration.match(url))?.responseReady)?.arrayBuffer();
        event.waitUntil(read().then((bytes) => resolve(bytes?.byteLength)));
      });
    });

    expect(length).toBe(100 * KiB);
    expect(fixture.origin.log).toHaveLength(2);
  });

  // Mutant: fail for good, as the body is neither in the store nor where it should be.
  it("F8 a file that is gone from the store and from its destination, before its end was settled, is fetched again", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: 100 * KiB, seed: 1 } });
    const destination = join(fixture.folder, "file");
    const { engine: first, journal } = await engineByHand(fixture);
    journal.full = (changes) => puts(changes, "record", (row) => row.includes("success"));
    const fault = new Promise((resolve) => first.events.once("fault", resolve));
    await first.backgroundFetch.fetch("episode", url, { destinations: [destination] });
    await fault;
    await first.close();
    rmSync(destination);

    const second = await fixture.restart();

    expect((await nextEvent(second)).type).toBe("backgroundfetchsuccess");
    expect(await fileDigest(destination)).toBe(sha256Of(1, 100 * KiB));
  });

  it("a small body that is whole at its first checkpoint has no second file", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: 100 * KiB, seed: 1 } });
    const engine = await fixture.restart();
    let files: readonly string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    engine.addEventListener("backgroundfetchsuccess", () => {
      files = bodyFilesOf(fixture);
      resolve();
    });
    await engine.backgroundFetch.fetch("episode", url);
    await promise;

    expect(files).toHaveLength(1);
  });

  it("F23 a sidecar goes with its body, and one that a crash left alone goes at the next start", async () => {
    await using fixture = await createFixture();
    await partialDownload(fixture);
    const [body = "", note = ""] = bodyFilesOf(fixture);
    const orphan = join(body, "..", `${body.split("/").at(-1)?.slice(0, 2)}${"0".repeat(30)}.note`);
    await writeFile(orphan, "");
    const engine = await fixture.restart();
    const released = reached(engine, "released");
    await nextEvent(engine);
    await released;
    await engine.close();

    expect(bodyFilesOf(fixture).filter((file) => file === orphan || file === note)).toEqual([]);
  });
});

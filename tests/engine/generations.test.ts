import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileDigest } from "../crash/file-digest.ts";
import { sha256Of } from "../origin/body.ts";
import type { Resource } from "../origin/resource.ts";
import { createFixture, type Fixture, MiB, nextEvent, rangeBehind, stored } from "./fixture.ts";

const size = 12 * MiB;
const first = { body: { size, seed: 1 }, etag: '"one"' } as const;

/** A file of which the first run stored so much before it was stopped. */
async function partly({ origin, folder, restart }: Fixture, least: number) {
  const destination = join(folder, "file");
  const resource = origin.resource("/file", { ...first, faults: [{ type: "stall", after: least + MiB / 2 }] });
  const engine = await restart({ checkpointBytes: MiB / 2 });
  const registration = await engine.backgroundFetch.fetch("file", resource.url, { destinations: [destination] });
  await stored(registration, least);
  await engine.close();
  return { resource, destination };
}

/** The second run: what it asked for, and which of the two files it brought home. */
async function goOn(fixture: Fixture, destination: string) {
  const before = fixture.origin.log.length;
  const engine = await fixture.restart({ checkpointBytes: MiB / 2 });
  const downloaded = (await engine.backgroundFetch.get("file"))?.downloaded ?? 0;
  const { type } = await nextEvent(engine);
  expect(type).toBe("backgroundfetchsuccess");
  const digest = await fileDigest(destination);
  const requests = fixture.origin.log.slice(before);
  return { downloaded, digest, requests, ranges: requests.map(({ range }) => range) };
}

async function bodiesIn({ folder }: Fixture): Promise<number> {
  const entries = await readdir(join(folder, "store", "bodies"), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && !entry.name.includes(".")).length;
}

const unproven = (resource: Resource): void => resource.change({ body: { size, seed: 2 }, etag: null });

describe("generations", () => {
  // Mutant: forget the old body when the new one has its first checkpoint.
  it("BF-14 P3 what is stored of a file stays until another has overtaken it, and is gone on from when that breaks off", async () => {
    await using fixture = await createFixture();
    const { resource, destination } = await partly(fixture, 8 * MiB);
    unproven(resource);
    resource.faults.add({ type: "cut", after: 4 * MiB, how: "rst" });
    const back = fixture.origin
      .until(() => fixture.origin.log[1]?.ended === "fault")
      .then(() => resource.change(first));

    const { digest, downloaded, requests, ranges } = await goOn(fixture, destination);
    await back;

    expect(digest).toBe(sha256Of(1, size));
    expect(requests).toMatchObject([{ status: 200 }, { status: 206, ifRange: '"one"' }]);
    expect(ranges).toEqual([rangeBehind(downloaded), rangeBehind(downloaded)]);
    expect(await bodiesIn(fixture)).toBe(0);
  });

  // Mutants: never let go of the kept body; ask for the kept one although the new one is longer.
  it("P3 one that has been overtaken is let go", async () => {
    await using fixture = await createFixture();
    const { resource, destination } = await partly(fixture, 2 * MiB);
    resource.change({ body: { size, seed: 2 }, etag: '"two"' });
    resource.faults.add({ type: "stall", after: 6 * MiB });
    const engine = await fixture.restart({ checkpointBytes: MiB / 2 });
    const registration = await engine.backgroundFetch.get("file");
    if (registration === undefined) throw new Error("The registration is gone");
    await fixture.origin.until(() => (fixture.origin.log[1]?.bytesSent ?? 0) >= 6 * MiB);
    await stored(registration, 5 * MiB);
    const bodies = await bodiesIn(fixture);
    await engine.close();

    const { digest, requests } = await goOn(fixture, destination);

    expect(bodies).toBe(1);
    expect(digest).toBe(sha256Of(2, size));
    expect(requests).toMatchObject([{ status: 206, ifRange: '"two"' }]);
  });

  // Mutant: begin anew whenever a 200 comes.
  it("P3 A1 a server that is back at the kept file with a 200 has its beginning compared, and only the rest stored", async () => {
    await using fixture = await createFixture();
    const { resource, destination } = await partly(fixture, 8 * MiB);
    resource.change({ body: { size, seed: 2 }, etag: '"two"' });
    resource.faults.add({ type: "cut", after: 4 * MiB, how: "fin" });
    const back = fixture.origin
      .until(() => fixture.origin.log[1]?.ended === "fault")
      .then(() => resource.change(first));

    const { digest, requests } = await goOn(fixture, destination);
    await back;

    expect(digest).toBe(sha256Of(1, size));
    expect(requests).toMatchObject([{ status: 200 }, { status: 200, ifRange: '"two"' }]);
  });

  // Mutant: keep what was found to differ: the same 200 is then compared with it for ever.
  it("P3 A16 a kept file whose bytes are not those that a 200 of its ETag brings is given up", async () => {
    await using fixture = await createFixture();
    const { resource, destination } = await partly(fixture, 8 * MiB);
    resource.change({ body: { size, seed: 2 }, etag: '"two"' });
    resource.faults.add({ type: "cut", after: 4 * MiB, how: "fin" });
    const third = { body: { size, seed: 3 }, etag: '"one"' } as const;
    const back = fixture.origin
      .until(() => fixture.origin.log[1]?.ended === "fault")
      .then(() => resource.change(third));

    const { digest, requests } = await goOn(fixture, destination);
    await back;

    expect(digest).toBe(sha256Of(3, size));
    expect(requests).toMatchObject([{ status: 200 }, { status: 200, ifRange: '"two"' }, { status: 200, range: null }]);
    expect(await bodiesIn(fixture)).toBe(0);
  });

  // Mutant: begin anew, as `downloaded` would tell.
  it("A1 A22 a server that ignores Range has its beginning compared, and what is stored is never given up", async () => {
    await using fixture = await createFixture();
    const { resource, destination } = await partly(fixture, 8 * MiB);
    resource.faults.add({ type: "ignore-range" });
    const seen: number[] = [];
    const engine = await fixture.restart();
    const registration = await engine.backgroundFetch.get("file");
    const before = registration?.downloaded ?? 0;
    registration?.addEventListener("progress", () => void seen.push(registration.downloaded));

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");

    expect(await fileDigest(destination)).toBe(sha256Of(1, size));
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(before);
    expect(fixture.origin.log).toMatchObject([{}, { status: 200 }]);
  });

  // Mutant: do not compare what is skipped: the file is then half of one and half of the other.
  it.each(["ignore-range", "none"] as const)(
    "A16 another file under the same ETag is noticed by what is stored already, and fetched whole (%s)",
    async (fault) => {
      await using fixture = await createFixture();
      const { resource, destination } = await partly(fixture, 8 * MiB);
      resource.change({ body: { size, seed: 2 }, etag: '"one"' });
      if (fault !== "none") resource.faults.add({ type: fault });

      const { digest, ranges } = await goOn(fixture, destination);

      expect(digest).toBe(sha256Of(2, size));
      expect(ranges).toEqual([expect.stringMatching(/^bytes=[1-9]/), null]);
    },
  );
});

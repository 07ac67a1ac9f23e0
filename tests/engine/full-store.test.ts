import { rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openEngine } from "../../adapters/node/index.ts";
import { fileDigest } from "../crash/file-digest.ts";
import { canMount, smallVolume } from "../faults/small-volume.ts";
import { sha256Of } from "../origin/body.ts";
import { createOrigin } from "../origin/origin.ts";
import { MiB, nextEvent } from "./fixture.ts";

const size = 8 * MiB;
const retry = { minDelayMs: 10, maxDelayMs: 50 };

describe.runIf(canMount)("a store without room", () => {
  // Mutants: report success; give up what is stored; ask the server again and again while there is no room.
  it("F1 waits in paused-full with what it has, asks nobody for anything, and goes on when there is room", async () => {
    await using origin = await createOrigin();
    const { path: volume } = smallVolume(12 * MiB);
    // No length is promised, so that the lack is found only when the disk says so.
    const { url } = origin.resource("/file", { body: { size, seed: 1 }, framing: "chunked", bytesPerSecond: 16 * MiB });
    const ballast = join(volume, "ballast");
    await writeFile(ballast, new Uint8Array(7 * MiB));
    await using engine = await openEngine({ directory: join(volume, "store"), retry, checkpointBytes: MiB });
    const full = new Promise<void>((resolve) => {
      engine.events.on("record.state", ({ state }) => void (state === "paused-full" && resolve()));
    });
    const destination = join(volume, "file");
    const registration = await engine.backgroundFetch.fetch("file", url, { destinations: [destination] });
    await full;
    const [because] = (await engine.explain("file"))?.records ?? [];
    const kept = registration.downloaded;
    const asked = origin.log.length;
    const later = new Promise<void>((resolve) => {
      let times = 0;
      engine.events.on("record.state", ({ state }) => void (state === "paused-full" && ++times === 3 && resolve()));
    });
    await later;
    expect(origin.log).toHaveLength(asked);
    rmSync(ballast);

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");

    expect(because).toMatchObject({ state: "paused-full", because: { type: "full" } });
    expect(kept).toBeGreaterThan(0);
    expect(await fileDigest(destination)).toBe(sha256Of(1, size));
    expect(origin.log.at(-1)?.range).toMatch(/^bytes=[1-9]/);
  });

  // Mutant: write until the disk says no.
  it("F2 a body for which there is no room is refused before its first byte is stored", async () => {
    await using origin = await createOrigin();
    const { path: volume } = smallVolume(6 * MiB);
    const { url } = origin.resource("/file", { body: { size, seed: 1 } });
    await using engine = await openEngine({ directory: join(volume, "store"), retry, whenFull: "fail" });
    const failed = nextEvent(engine);
    const registration = await engine.backgroundFetch.fetch("file", url);

    expect((await failed).type).toBe("backgroundfetchfail");
    expect([registration.failureReason, registration.downloaded]).toEqual(["quota-exceeded", 0]);
    expect(origin.log).toHaveLength(1);
  });

  it("F1 F13 a destination without room waits with the whole body, and gets it when there is", async () => {
    await using origin = await createOrigin();
    const { path: home } = smallVolume(32 * MiB);
    const { path: outside } = smallVolume(6 * MiB);
    const { url } = origin.resource("/file", { body: { size: 4 * MiB, seed: 1 } });
    const ballast = join(outside, "ballast");
    await writeFile(ballast, new Uint8Array(4 * MiB));
    await using engine = await openEngine({ directory: join(home, "store"), retry });
    const full = new Promise<void>((resolve) => {
      engine.events.on("record.state", ({ state }) => void (state === "paused-full" && resolve()));
    });
    const destination = join(outside, "file");
    await engine.backgroundFetch.fetch("file", url, { destinations: [destination] });
    await full;
    rmSync(ballast);

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
    expect(await fileDigest(destination)).toBe(sha256Of(1, 4 * MiB));
    expect(origin.log).toHaveLength(1);
  });

  // Mutants: ask for a megabyte only, and the server each time; wait for room that is there.
  it("F1 F2 asks nobody again while there is less room than the last answer wanted", async () => {
    await using origin = await createOrigin();
    const { path: volume } = smallVolume(10 * MiB);
    const { url } = origin.resource("/file", { body: { size, seed: 1 } });
    const ballast = join(volume, "ballast");
    await writeFile(ballast, new Uint8Array(5 * MiB));
    await using engine = await openEngine({ directory: join(volume, "store"), retry });
    const waits = new Promise<void>((resolve) => {
      let times = 0;
      engine.events.on("record.state", ({ state }) => void (state === "paused-full" && ++times === 4 && resolve()));
    });
    await engine.backgroundFetch.fetch("file", url);
    await waits;
    const asked = origin.log.length;
    rmSync(ballast);

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
    expect([asked, origin.log.length]).toEqual([1, 2]);
  });

  // Mutants: keep what nobody can go on with; look for the room before it is there.
  it.each([
    ["cannot be gone on with", null, null],
    ["another file has taken the place of", '"one"', '"two"'],
  ])("P3 F2 lets go of what %s when its room is what is missing", async (_, before, after) => {
    await using origin = await createOrigin();
    const { path: volume } = smallVolume(12 * MiB);
    const resource = origin.resource("/file", { body: { size, seed: 1 }, etag: before });
    resource.faults.add({ type: "cut", after: 6 * MiB, how: "fin" });
    const changed = origin
      .until(() => origin.log[0]?.ended === "fault")
      .then(() => resource.change({ body: { size, seed: 2 }, etag: after }));
    const destination = join(volume, "file");
    const options = { directory: join(volume, "store"), retry, checkpointBytes: MiB, whenFull: "fail" } as const;
    await using engine = await openEngine(options);
    await engine.backgroundFetch.fetch("file", resource.url, { destinations: [destination] });

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
    await changed;
    expect(await fileDigest(destination)).toBe(sha256Of(2, size));
  });
});

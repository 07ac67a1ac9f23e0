import { describe, expect, it } from "vitest";
import { readStore } from "../../adapters/node/index.ts";
import { bytesOf } from "../origin/body.ts";
import { createFixture, KiB, MiB, nextEvent, rangeBehind, reached, stored } from "./fixture.ts";

describe("a registration", () => {
  it("succeeds, hands out its records until the handler has finished, and then lets everything go", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: 3 * MiB, seed: 1 }, contentType: "audio/mpeg" });
    const engine = await fixture.restart();
    const seen: string[] = [];
    const released = reached(engine, "released");
    engine.addEventListener("backgroundfetchsuccess", (event) => {
      const { registration } = event;
      event.waitUntil(
        (async () => {
          seen.push(registration.result, String(await engine.backgroundFetch.get("episode")));
          const [record] = await registration.matchAll();
          const response = await record?.responseReady;
          const body = Buffer.from((await response?.bytes()) ?? []);
          seen.push(String(body.equals(bytesOf(1, 0, 3 * MiB))), response?.headers.get("content-type") ?? "");
          seen.push(String(registration.recordsAvailable));
        })(),
      );
    });

    const registration = await engine.backgroundFetch.fetch("episode", url);
    await released;

    expect(seen).toEqual(["success", "undefined", "true", "audio/mpeg", "true"]);
    expect(registration.downloaded).toBe(3 * MiB);
    expect(registration.recordsAvailable).toBe(false);
    await expect(registration.matchAll()).rejects.toMatchObject({ name: "InvalidStateError" });
    await using rows = await readStore({ directory: `${fixture.folder}/store` });
    expect(await rows.records(1, 0, 10)).toEqual([]);
  });

  it("Honest progress: downloaded is what is stored, in every progress event, and at a restart", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", {
      body: { size: 12 * MiB, seed: 1 },
      faults: [{ type: "stall", after: 9 * MiB }],
    });
    const first = await fixture.restart();
    const registration = await first.backgroundFetch.fetch("episode", url);
    await stored(registration, 8 * MiB);
    const before = registration.downloaded;

    const second = await fixture.restart({ startRestored: false });
    const again = await second.backgroundFetch.get("episode");

    expect(again?.state).toBe("paused");
    expect(again?.downloaded).toBeGreaterThanOrEqual(before);
    await again?.resume();
    expect((await nextEvent(second)).type).toBe("backgroundfetchsuccess");
    expect(fixture.origin.log[1]?.range).toBe(rangeBehind(again?.downloaded === 12 * MiB ? 9 * MiB : before));
  });

  it("is read while it downloads, from its first byte, also those from before a restart", async () => {
    await using fixture = await createFixture();
    const resource = fixture.origin.resource("/file", {
      body: { size: 6 * MiB, seed: 1 },
      faults: [{ type: "stall", after: 5 * MiB }],
    });
    const first = await fixture.restart();
    await stored(await first.backgroundFetch.fetch("episode", resource.url), 4 * MiB);
    resource.faults.add({ type: "cut", after: 100 * KiB, how: "rst" });
    const engine = await fixture.restart();
    const registration = await engine.backgroundFetch.get("episode");

    const record = await registration?.match(resource.url);
    const response = await record?.responseReady;
    const body = Buffer.from((await response?.bytes()) ?? []);

    expect(body.equals(bytesOf(1, 0, 6 * MiB))).toBe(true);
  });

  it("asks for nothing while it is paused, also after a restart, and goes on from there", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: 8 * MiB, seed: 1 }, bytesPerSecond: 8 * MiB });
    const first = await fixture.restart();
    const registration = await first.backgroundFetch.fetch("episode", url);
    await fixture.origin.until(() => (fixture.origin.log[0]?.bytesSent ?? 0) > 2 * MiB);
    await registration.pause();
    const durable = registration.downloaded;

    const second = await fixture.restart();
    const again = await second.backgroundFetch.get("episode");

    expect(again?.state).toBe("paused");
    expect(fixture.origin.log).toHaveLength(1);
    await again?.resume();
    expect((await nextEvent(second)).type).toBe("backgroundfetchsuccess");
    expect(durable).toBeGreaterThan(0);
    expect(fixture.origin.log[1]?.range).toBe(rangeBehind(durable));
  });

  it("Right event: abort() is true once, ends in the abort event, and frees the id", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: MiB, seed: 1 }, faults: [{ type: "silence" }] });
    const engine = await fixture.restart();
    const registration = await engine.backgroundFetch.fetch("episode", url);
    await expect(engine.backgroundFetch.fetch("episode", url)).rejects.toThrow(TypeError);

    const aborted = [await registration.abort(), await registration.abort()];

    expect(aborted).toEqual([true, false]);
    expect(await nextEvent(engine)).toMatchObject({ type: "backgroundfetchabort", registration });
    expect(registration).toMatchObject({ result: "failure", failureReason: "aborted" });
    expect(await engine.backgroundFetch.getIds()).toEqual([]);
    await engine.backgroundFetch.fetch("episode", url);
  });

  it("abort() while it is paused settles too", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: MiB, seed: 1 }, faults: [{ type: "silence" }] });
    const engine = await fixture.restart();
    const registration = await engine.backgroundFetch.fetch("episode", url);
    await registration.pause();

    await registration.abort();

    expect((await nextEvent(engine)).type).toBe("backgroundfetchabort");
  });

  it("fails with the first failure, but only after the other records have settled", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/slow", { body: { size: MiB, seed: 1 }, bytesPerSecond: 4 * MiB });
    const engine = await fixture.restart();
    const settled: unknown[] = [];
    engine.events.on("record.settled", ({ index, state, failure }) => settled.push([index, state, failure?.status]));

    const registration = await engine.backgroundFetch.fetch("both", [`${fixture.origin.url}/missing`, url]);
    const { type } = await nextEvent(engine);

    expect(type).toBe("backgroundfetchfail");
    expect(registration.failureReason).toBe("bad-status");
    expect(settled).toEqual([
      [0, "failure", 404],
      [1, "success", undefined],
    ]);
  });

  it("fails at once, and not as an abort, when more arrives than downloadTotal allows", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: 20 * MiB, seed: 1 }, bytesPerSecond: 20 * MiB });
    const engine = await fixture.restart();

    const registration = await engine.backgroundFetch.fetch("episode", url, { downloadTotal: 1000 });

    expect((await nextEvent(engine)).type).toBe("backgroundfetchfail");
    expect(registration.failureReason).toBe("download-total-exceeded");
    expect(registration.downloaded).toBeLessThan(20 * MiB);
  });
});

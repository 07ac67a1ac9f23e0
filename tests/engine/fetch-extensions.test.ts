import { describe, expect, it } from "vitest";
import { createFixture, KiB, nextEvent, stored } from "./fixture.ts";

describe("what a fetch() may say beyond the specification", () => {
  // Mutant: `priority: "auto"` in the row whatever was asked.
  it("priority: the records of a higher one are asked for before those of a lower one that wait longer", async () => {
    await using fixture = await createFixture();
    const { origin } = fixture;
    const { promise: go, resolve: release } = Promise.withResolvers<void>();
    origin.route("/held", (_, response) => void go.then(() => response.end("first")));
    for (const name of ["low", "auto", "high"]) origin.resource(`/${name}`, { body: { size: KiB, seed: 1 } });
    const engine = await fixture.restart({ maxActive: 1 });
    await engine.backgroundFetch.fetch("held", `${origin.url}/held`);
    await origin.until(() => origin.log.length === 1);

    for (const priority of ["low", "auto", "high"] as const) {
      await engine.backgroundFetch.fetch(priority, `${origin.url}/${priority}`, { priority });
    }
    release();

    await origin.until(() => origin.log.length === 4);
    expect(origin.log.map(({ path }) => path)).toEqual(["/held", "/high", "/auto", "/low"]);
  });

  // Mutant: the engine's policy for all.
  it("retry: its own policy, also after a restart, and the engine's for the others", async () => {
    await using fixture = await createFixture();
    const faults = [{ type: "status", status: 503, times: "always" }] as const;
    const { url } = fixture.origin.resource("/busy", { body: { size: KiB, seed: 1 }, faults });
    const first = await fixture.restart();
    const registration = await first.backgroundFetch.fetch("film", url, { retry: { limit: 1, minDelayMs: 200 } });
    await registration.pause();
    const asked = fixture.origin.log.length;

    const second = await fixture.restart();
    await (await second.backgroundFetch.get("film"))?.resume();
    const { registration: ended } = await nextEvent(second);

    expect([ended.failureReason, fixture.origin.log.length - asked]).toEqual(["bad-status", 2]);
  });

  it.each([
    ["priority", { priority: "urgent" }],
    ["retry.limit", { retry: { limit: 0 } }],
    ["retry.minDelayMs", { retry: { minDelayMs: Number.NaN } }],
    ["retry", { retry: 5 }],
    ["destinations", { destinations: 5 }],
  ])("%s: what makes no sense is a TypeError that names it", async (name, options) => {
    await using fixture = await createFixture();
    const engine = await fixture.restart();

    const refused = engine.backgroundFetch.fetch("film", fixture.origin.url, options as never);

    await expect(refused).rejects.toThrow(TypeError);
    await expect(refused).rejects.toThrow(name);
  });

  it("record.progress() tells how far each record is, and not once the records are gone", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", {
      body: { size: 300 * KiB, seed: 1 },
      faults: [{ type: "stall", after: 100 * KiB }],
    });
    const engine = await fixture.restart({ checkpointMs: 5 });
    const registration = await engine.backgroundFetch.fetch("film", [url, `${fixture.origin.url}/missing`]);
    await stored(registration, 100 * KiB);
    const [film, missing] = await registration.matchAll();

    expect(await film?.progress()).toEqual({
      index: 0,
      stored: 100 * KiB,
      total: 300 * KiB,
      state: "pending",
      uploaded: 0,
      failure: null,
    });
    expect(await missing?.progress()).toMatchObject({ index: 1, state: "failure", failure: { status: 404 } });
    const ended = nextEvent(engine);
    await registration.abort();
    await ended;
    while (registration.recordsAvailable) await new Promise(setImmediate);
    await expect(film?.progress()).rejects.toMatchObject({ name: "InvalidStateError" });
  });
});

import { describe, expect, it } from "vitest";
import type { Reason } from "../../core/index.ts";
import { explained } from "./explained.ts";
import { createFixture, type Fixture, KiB, MiB, nextEvent, reached } from "./fixture.ts";

const silent = (fixture: Fixture): string =>
  fixture.origin.resource("/silent", {
    body: { size: KiB, seed: 1 },
    faults: [{ type: "silence", times: "always" }],
  }).url;

describe("explain()", () => {
  it("knows nothing of an id that nobody fetches", async () => {
    await using fixture = await createFixture();

    expect(await (await fixture.restart()).explain("film")).toBeUndefined();
  });

  it("backing off: until when, for what, and whether the server asked for it", async () => {
    await using fixture = await createFixture();
    fixture.origin.route("/busy", (_, response) => void response.writeHead(503, { "retry-after": "90" }).end());
    const engine = await fixture.restart();
    const before = Date.now();
    await engine.backgroundFetch.fetch("film", `${fixture.origin.url}/busy?token=secret`);

    const reason = await explained(engine, "film", "backing-off");

    expect(reason).toMatchObject({ serverAsked: true, attempt: 1, limit: 40, failure: { status: 503 } });
    const { untilMs } = reason as Extract<Reason, { readonly type: "backing-off" }>;
    expect(untilMs - before).toBeGreaterThanOrEqual(90_000);
    expect(untilMs - before).toBeLessThan(105_000);
    expect(JSON.stringify(await engine.explain("film"))).not.toContain("secret");
  });

  it("waiting for an answer, for bytes, for a connection, for a turn", async () => {
    await using fixture = await createFixture();
    const { url: stalled } = fixture.origin.resource("/stalled", {
      body: { size: MiB, seed: 1 },
      faults: [{ type: "stall", after: 64 * KiB }],
    });
    const { origin } = new URL(fixture.origin.url);
    const engine = await fixture.restart({ perOrigin: 1, checkpointMs: 10 });
    await engine.backgroundFetch.fetch("asked", silent(fixture));
    expect(await explained(engine, "asked", "waiting-for-answer")).toEqual({ type: "waiting-for-answer", origin });

    await engine.backgroundFetch.fetch("queued", [stalled, stalled, stalled]);
    const connection = { type: "waiting-for-connection", origin, limit: 1 };
    expect(await explained(engine, "queued", "waiting-for-connection")).toEqual(connection);

    await (await engine.backgroundFetch.get("asked"))?.abort();
    void nextEvent(engine);
    const receiving = await explained(engine, "queued", "receiving");
    expect(receiving).toMatchObject({ type: "receiving", total: MiB });
  });

  it("waiting for a turn: as many as may be worked on are", async () => {
    await using fixture = await createFixture();
    const engine = await fixture.restart({ maxActive: 1 });
    const url = silent(fixture);
    await engine.backgroundFetch.fetch("first", url);
    await explained(engine, "first", "waiting-for-answer");
    await engine.backgroundFetch.fetch("second", [url, url]);

    const second = await engine.explain("second");

    expect(second).toMatchObject({
      because: { type: "transferring" },
      records: [],
      waiting: { count: 2, because: { type: "waiting-for-turn", limit: 1 } },
    });
  });

  it("paused: by request, or since the last run", async () => {
    await using fixture = await createFixture();
    const first = await fixture.restart();
    const url = silent(fixture);
    await first.backgroundFetch.fetch("left", url);
    const paused = await first.backgroundFetch.fetch("paused", url);
    await paused.pause();
    const engine = await fixture.restart({ startRestored: false });

    expect((await engine.explain("paused"))?.because).toEqual({ type: "paused", by: "request" });
    const left = await engine.explain("left");
    expect([left?.because, left?.waiting]).toEqual([
      { type: "paused", by: "restart" },
      { count: 1, because: { type: "paused", by: "restart" } },
    ]);
  });

  it("ended: nobody listens, or a handler has not finished", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", { body: { size: KiB, seed: 1 } });
    const engine = await fixture.restart();
    await engine.backgroundFetch.fetch("film", url);
    const event = "backgroundfetchsuccess";
    expect(await explained(engine, "film", "waiting-for-listener")).toEqual({ type: "waiting-for-listener", event });

    const handled = Promise.withResolvers<void>();
    const released = reached(engine, "released");
    engine.addEventListener(event, (fired) => fired.waitUntil(handled.promise));
    expect(await explained(engine, "film", "waiting-for-handler")).toEqual({ type: "waiting-for-handler", event });

    handled.resolve();
    await released;
    await new Promise(setImmediate);
    expect(await engine.explain("film")).toBeUndefined();
  });

  it("has one reason for each record at work at any moment of a hostile download", async () => {
    await using fixture = await createFixture();
    const urls = Array.from({ length: 12 }, (_, n) => {
      const faults = [
        { type: "cut", after: 100 * KiB, how: "rst" },
        { type: "status", status: 503 },
      ] as const;
      return fixture.origin.resource(`/${n}`, { body: { size: 400 * KiB, seed: n }, faults }).url;
    });
    const engine = await fixture.restart({ perOrigin: 2, maxActive: 5, checkpointBytes: 64 * KiB });
    const seen = new Set<string>();
    let over = false;
    const ended = nextEvent(engine).then(({ type }) => {
      over = true;
      return type;
    });
    await engine.backgroundFetch.fetch("films", urls);

    while (!over) {
      const found = await engine.explain("films");
      if (found !== undefined && found.state === "transferring") {
        const { count = 0 } = found.waiting ?? {};
        expect(found.records.length + count).toBeLessThanOrEqual(12);
        for (const { because } of found.records) seen.add(because.type);
      }
      await new Promise(setImmediate);
    }

    expect(await ended).toBe("backgroundfetchsuccess");
    expect([...seen]).toEqual(expect.arrayContaining(["receiving", "backing-off"]));
  });
});

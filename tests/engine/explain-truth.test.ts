import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openNodePorts } from "../../adapters/node/node-ports.ts";
import { createEngine, type Engine } from "../../core/index.ts";
import type { BodyStore } from "../../core/ports/index.ts";
import { bodiesWith } from "./bodies-with.ts";
import { explained } from "./explained.ts";
import { createFixture, KiB, MiB, nextEvent, stored } from "./fixture.ts";
import { engineByHand, puts } from "./hand-journal.ts";

const nextFault = (engine: Engine): Promise<string> =>
  new Promise((resolve) => {
    engine.events.once("fault", ({ during }) => resolve(during));
  });

/** The same store, of which no one learns how long a body is before `hold` is over. */
function withSlowSizes(bodies: BodyStore, hold: Promise<void>): BodyStore {
  return bodiesWith(bodies, { size: (...given) => hold.then(() => bodies.size(...given)) });
}

describe("explain() says what is true", () => {
  /** Catches: the row in memory, which has ended, taken for the row in the journal. */
  it("of an end that finds no room in the journal: it is being written down", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", { body: { size: KiB, seed: 1 } });
    const { engine, journal } = await engineByHand(fixture);
    await using _ = engine;
    journal.full = (changes) => puts(changes, "registration", (row) => row.includes('"phase":"settled"'));
    const fault = nextFault(engine);
    await engine.backgroundFetch.fetch("film", url);
    expect(await fault).toBe("committing the end of a registration");

    expect((await engine.explain("film"))?.because).toEqual({ type: "settling" });

    journal.full = () => false;
    expect(await explained(engine, "film", "waiting-for-listener")).toMatchObject({ event: "backgroundfetchsuccess" });
  });

  /** Catches: whether anybody listens taken for what the event waits for: who listens once is forgotten when called. */
  it("of a handler that was added for one event, and then of one that has finished", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", { body: { size: KiB, seed: 1 } });
    const { engine, journal } = await engineByHand(fixture);
    await using _ = engine;
    const event = "backgroundfetchsuccess";
    const [called, handled] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    engine.addEventListener(
      event,
      (fired) => {
        fired.waitUntil(handled.promise);
        called.resolve();
      },
      { once: true },
    );
    await engine.backgroundFetch.fetch("film", url);
    await called.promise;

    expect((await engine.explain("film"))?.because).toEqual({ type: "waiting-for-handler", event });

    journal.full = (changes) => puts(changes, "registration", (row) => row.includes('"phase":"released"'));
    const fault = nextFault(engine);
    handled.resolve();
    expect(await fault).toBe("committing the end of a registration");
    expect((await engine.explain("film"))?.because).toEqual({ type: "settling" });
    journal.full = () => false;
  });

  /** Catches: the answer waited for as soon as the request has begun. */
  it("of a request whose body goes out: so much of it did, and then the answer is waited for", async () => {
    await using fixture = await createFixture();
    const read = Promise.withResolvers<void>();
    const total = 32 * MiB;
    fixture.origin.route("/upload", (request) => void read.promise.then(() => request.resume()));
    const engine = await fixture.restart();
    const url = `${fixture.origin.url}/upload`;
    await engine.backgroundFetch.fetch("up", new Request(url, { method: "POST", body: new Uint8Array(total) }));

    const sending = await explained(engine, "up", "sending");

    expect(sending).toMatchObject({ type: "sending", total });
    expect((sending as { readonly uploaded: number }).uploaded).toBeLessThan(total);
    read.resolve();
    expect(await explained(engine, "up", "waiting-for-answer")).toMatchObject({ origin: new URL(url).origin });
  });

  /** Catches: the turn asked for first. Those whose turn it is wait for the same connection. */
  it("of records that wait where the server's connections are what is missing", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/silent", {
      body: { size: KiB, seed: 1 },
      faults: [{ type: "silence", times: "always" }],
    });
    const engine = await fixture.restart({ perOrigin: 1, maxActive: 2 });
    await engine.backgroundFetch.fetch("films", [url, url, url, url]);
    await explained(engine, "films", "waiting-for-answer");

    const found = await engine.explain("films");

    const connection = { type: "waiting-for-connection", origin: new URL(url).origin, limit: 1 };
    expect(found?.records.map(({ because }) => because.type)).toEqual(["waiting-for-answer", connection.type]);
    expect(found?.waiting).toEqual({ count: 2, because: connection });
  });

  /** Catches: a connection waited for where one is free. */
  it("of a record whose stored bytes are being looked at: it is about to start", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", {
      body: { size: MiB, seed: 1 },
      faults: [{ type: "stall", after: 512 * KiB }],
    });
    const first = await fixture.restart({ checkpointBytes: 64 * KiB, checkpointMs: 10 });
    await stored(await first.backgroundFetch.fetch("film", url), 64 * KiB);
    await first.close();
    const looked = Promise.withResolvers<void>();
    const ports = await openNodePorts({ directory: join(fixture.folder, "store") });
    await using engine = await createEngine({ ...ports, bodies: withSlowSizes(ports.bodies, looked.promise) }, {});
    const record = async () => (await engine.explain("film"))?.records[0];
    while ((await record())?.state !== "exchanging") await new Promise(setImmediate);

    expect((await record())?.because).toEqual({ type: "starting" });

    looked.resolve();
    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
  });
});

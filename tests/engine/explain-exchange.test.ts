import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openNodePorts } from "../../adapters/node/node-ports.ts";
import { createEngine } from "../../core/index.ts";
import type { BodyStore } from "../../core/ports/index.ts";
import { bodiesWith } from "./bodies-with.ts";
import { explained } from "./explained.ts";
import { createFixture, KiB, MiB, nextEvent } from "./fixture.ts";
import { engineByHand, puts } from "./hand-journal.ts";

/** The same store, each write of which waits for what `hold` gives. */
function withSlowWrites(bodies: BodyStore, hold: () => Promise<void>): BodyStore {
  return bodiesWith(bodies, {
    async create(...given) {
      const body = await bodies.create(...given);
      return {
        write: (...written) => hold().then(() => body.write(...written)),
        sync: () => body.sync(),
        truncate: (length) => body.truncate(length),
        note: (value) => body.note(value),
        [Symbol.asyncDispose]: () => body[Symbol.asyncDispose](),
      };
    },
  });
}

describe("explain() says what is true of an exchange", () => {
  /** Catches: the request taken for sent while its fields are still being made. */
  it("that waits for its header fields", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", { body: { size: KiB, seed: 1 } });
    const given = Promise.withResolvers<HeadersInit>();
    const engine = await fixture.restart({ headers: () => given.promise });
    await engine.backgroundFetch.fetch("film", url);

    expect(await explained(engine, "film", "waiting-for-headers")).toEqual({ type: "waiting-for-headers" });

    given.resolve({});
    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
  });

  /** Catches: the record's own origin named, whoever is asked now. */
  it("that was redirected: the server that is asked now", async () => {
    await using fixture = await createFixture();
    await using other = await createFixture();
    other.origin.route("/silent", () => {});
    const target = `${other.origin.url}/silent`;
    fixture.origin.route("/moved", (_, response) => void response.writeHead(302, { location: target }).end());
    const engine = await fixture.restart();
    await engine.backgroundFetch.fetch("film", `${fixture.origin.url}/moved`);
    const { origin } = new URL(target);

    let reason = await explained(engine, "film", "waiting-for-answer");
    while ("origin" in reason && reason.origin !== origin) {
      await new Promise(setImmediate);
      reason = await explained(engine, "film", "waiting-for-answer");
    }

    expect(reason).toEqual({ type: "waiting-for-answer", origin });
  });

  /** Catches: an answer waited for that came long ago. */
  it("whose refusal drips: it receives", async () => {
    await using fixture = await createFixture();
    const arrived = Promise.withResolvers<void>();
    fixture.origin.route("/gone", (_, response) => {
      response.writeHead(404, { "content-length": "9" }).write("go", () => arrived.resolve());
    });
    const engine = await fixture.restart();
    await engine.backgroundFetch.fetch("film", `${fixture.origin.url}/gone`);
    await arrived.promise;

    expect(await explained(engine, "film", "receiving")).toMatchObject({ type: "receiving" });
  });

  /** Catches: bytes told as coming while the disk takes none. */
  it("whose disk is slow: it stores", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", { body: { size: 8 * MiB, seed: 1 } });
    const [writing, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const ports = await openNodePorts({ directory: join(fixture.folder, "store") });
    const bodies = withSlowWrites(ports.bodies, () => {
      writing.resolve();
      return held.promise;
    });
    await using engine = await createEngine({ ...ports, bodies }, {});
    await engine.backgroundFetch.fetch("film", url);
    await writing.promise;

    expect(await explained(engine, "film", "storing")).toEqual({ type: "storing" });

    held.resolve();
    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
  });

  /** Catches: an answer, or a connection, waited for before the request is out. */
  it("that notes that it is sent: it is about to start", async () => {
    await using fixture = await createFixture();
    let asked = 0;
    fixture.origin.route("/post", (_, response) => {
      asked += 1;
      response.end("done");
    });
    const { engine, journal } = await engineByHand(fixture);
    await using _ = engine;
    const [noting, noted] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    journal.before = async (changes) => {
      if (!puts(changes, "record", (row) => row.includes('"sent":true'))) return;
      noting.resolve();
      await noted.promise;
    };
    const request = new Request(`${fixture.origin.url}/post`, { method: "POST", body: "x" });
    await engine.backgroundFetch.fetch("up", request);
    await noting.promise;

    const reason = (await engine.explain("up"))?.records[0]?.because;

    expect([reason, asked]).toEqual([{ type: "starting" }, 0]);
    noted.resolve();
    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
  });
});

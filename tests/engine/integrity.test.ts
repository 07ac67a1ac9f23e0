import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { memoryPorts } from "../../adapters/memory/index.ts";
import { verifyBody } from "../../core/verify-body.ts";
import { bytesOf } from "../origin/body.ts";
import { createFixture, type Fixture, KiB, MiB, nextEvent, reached, stored } from "./fixture.ts";
import { engineByHand, puts } from "./hand-journal.ts";

const metadataOf = (seed: number, size: number): string =>
  `sha256-${createHash("sha256")
    .update(bytesOf(seed, 0, size))
    .digest("base64")}`;

async function bodiesIn({ folder }: Fixture): Promise<number> {
  const entries = await readdir(join(folder, "store", "bodies"), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

describe("integrity", () => {
  it("of the right digest is success, given by the option or by the Request", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: 300 * KiB, seed: 1 } });
    const engine = await fixture.restart();
    const integrity = metadataOf(1, 300 * KiB);
    const requests = [new Request(url, { integrity }), url];

    await engine.backgroundFetch.fetch("episode", requests, { integrity: [null, integrity] });

    const { type, registration } = await nextEvent(engine);
    expect(type).toBe("backgroundfetchsuccess");
    expect((await registration.matchAll()).map(({ request }) => request.integrity)).toEqual([integrity, integrity]);
  });

  // Mutants: settle without verifying; keep the bytes; try for ever.
  it("True bytes: of another digest is a failure; asked for once more, and no byte of it is kept or exposed", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: 300 * KiB, seed: 1 } });
    const engine = await fixture.restart({ keepFailed: true });
    const released = reached(engine, "released");
    const codes: (string | undefined)[] = [];
    engine.events.on("record.settled", ({ failure }) => codes.push(failure?.code));
    const registration = await engine.backgroundFetch.fetch("episode", url, { integrity: metadataOf(2, 300 * KiB) });
    const response = (await registration.match(url))?.responseReady;

    await expect(response).rejects.toThrow(TypeError);
    expect([(await nextEvent(engine)).type, registration.failureReason]).toEqual([
      "backgroundfetchfail",
      "fetch-error",
    ]);
    await released;
    expect([codes, fixture.origin.log.length, await bodiesIn(fixture)]).toEqual([["integrity-mismatch"], 2, 0]);
  });

  // Mutant: believe the length alone.
  it("B18 a body that has not the digest its server tells is asked for once more, and is then a failure", async () => {
    await using fixture = await createFixture();
    const digestOf = (seed: number): string => `sha-256=:${metadataOf(seed, 300 * KiB).slice("sha256-".length)}:`;
    const body = { size: 300 * KiB, seed: 1 };
    const right = fixture.origin.resource("/right", { body, headers: { "repr-digest": digestOf(1) } });
    const wrong = fixture.origin.resource("/wrong", { body, headers: { "repr-digest": digestOf(2) } });
    const engine = await fixture.restart();
    const ends: unknown[] = [];
    engine.events.on("record.settled", ({ index, state, failure }) => {
      ends[index] = failure?.code ?? state;
    });

    await engine.backgroundFetch.fetch("both", [right.url, wrong.url]);
    await nextEvent(engine);

    expect(ends).toEqual(["success", "integrity-mismatch"]);
    expect(fixture.origin.log.map(({ path }) => path).sort()).toEqual(["/right", "/wrong", "/wrong"]);
  });

  it("is right after all when only what came first was spoiled", async () => {
    await using fixture = await createFixture();
    const resource = fixture.origin.resource("/file", { body: { size: 300 * KiB, seed: 1 } });
    const engine = await fixture.restart();
    engine.events.on("record.state", ({ state }) => {
      if (state === "backing-off") resource.change({ body: { size: 300 * KiB, seed: 2 } });
    });

    await engine.backgroundFetch.fetch("episode", resource.url, { integrity: metadataOf(2, 300 * KiB) });

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
  });

  // Mutant: expose at the headers.
  it("exposes no byte before all of them are verified", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", {
      body: { size: 4 * MiB, seed: 1 },
      faults: [{ type: "stall", after: 2 * MiB }],
    });
    const first = await fixture.restart({ checkpointBytes: MiB });
    const registration = await first.backgroundFetch.fetch("episode", url, { integrity: metadataOf(1, 4 * MiB) });
    await stored(registration, MiB);
    const ready = (await registration.match(url))?.responseReady;
    let early = false;
    void ready?.then(() => {
      early = true;
    });
    await (await registration.match(url))?.progress();
    await new Promise(setImmediate);
    expect(early).toBe(false);

    await registration.pause();
    await registration.resume();

    const whole = new Uint8Array(await ((await ready)?.arrayBuffer() ?? new ArrayBuffer()));
    expect(createHash("sha256").update(whole).digest("base64")).toBe(metadataOf(1, 4 * MiB).slice(7));
  });

  // Mutant: verify whatever the store holds, also nothing.
  it("was verified before the body was moved out: after a restart in between nothing is asked for again", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: 300 * KiB, seed: 1 } });
    const destination = join(fixture.folder, "out");
    const { engine, journal } = await engineByHand(fixture);
    const full = new Promise((resolve) => engine.events.on("fault", resolve));
    journal.full = (changes) => puts(changes, "record", (row) => row.includes('"state":"success"'));
    const integrity = metadataOf(1, 300 * KiB);
    await engine.backgroundFetch.fetch("episode", url, { destinations: [destination], integrity });
    await full;
    await engine.close();

    expect((await nextEvent(await fixture.restart())).type).toBe("backgroundfetchsuccess");
    expect(fixture.origin.log).toHaveLength(1);
  });

  // Mutant: digest without ever giving others a turn.
  it("can be aborted while it is checked, also of a body in memory", async () => {
    const ports = memoryPorts();
    const bodyId = "0".repeat(32);
    const size = 64 * MiB;
    await using body = await ports.bodies.create(bodyId);
    for (let at = 0; at < size; at += MiB) await body.write(at, [new Uint8Array(MiB)]);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1);

    const generation = { bodyId, received: [], representation: { total: size, validator: null, coding: null } };
    const verifying = verifyBody(ports, generation, metadataOf(1, 1), controller.signal);

    await expect(verifying).rejects.toMatchObject({ name: "AbortError" });
  });

  it("that names no digest is refused as an option", async () => {
    await using fixture = await createFixture();
    const engine = await fixture.restart();

    const refused = engine.backgroundFetch.fetch("episode", fixture.origin.url, { integrity: "md5-abc" });

    await expect(refused).rejects.toThrow("no sha256");
  });
});

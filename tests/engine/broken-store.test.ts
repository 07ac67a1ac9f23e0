import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readStore } from "../../adapters/node/index.ts";
import type { Engine } from "../../core/index.ts";
import { createFixture, type Fixture, KiB, MiB, nextEvent, reached } from "./fixture.ts";
import { engineByHand, puts } from "./hand-journal.ts";

function nextFault(engine: Engine): Promise<string> {
  return new Promise((resolve) => {
    engine.events.once("fault", ({ during }) => resolve(during));
  });
}

async function totalsIn({ folder }: Fixture): Promise<readonly unknown[]> {
  await using rows = await readStore({ directory: `${folder}/store` });
  for await (const { settled, succeeded, downloaded, cursor } of rows.registrations()) {
    return [settled, succeeded, downloaded, cursor];
  }
  return [];
}

describe("a store that breaks", () => {
  it("One end: a registration whose end found no room in the journal ends once there is room", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const { engine, journal } = await engineByHand(fixture);
    await using _ = engine;
    journal.full = (changes) => puts(changes, "registration", (row) => row.includes('"phase":"settled"'));
    const fault = nextFault(engine);
    const registration = await engine.backgroundFetch.fetch("episode", url);
    expect(await fault).toBe("committing the end of a registration");

    journal.full = () => false;

    expect((await nextEvent(engine)).registration).toBe(registration);
  });

  it("One end: a record whose end found no room is neither counted nor given up", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const { engine, journal } = await engineByHand(fixture);
    await using _ = engine;
    journal.full = (changes) => puts(changes, "record", (row) => row.includes('"index":0') && row.includes("success"));
    const fault = nextFault(engine);
    const second = new Promise((resolve) => {
      engine.events.on("record.settled", ({ index }) => void (index === 1 && resolve(index)));
    });

    await engine.backgroundFetch.fetch("both", [url, `${url}?1`]);
    expect(await fault).toBe("committing the end of a record");
    await second;
    const meanwhile = await totalsIn(fixture);
    journal.full = () => false;

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
    expect(meanwhile).toEqual([1, 1, 2 * KiB, 0]);
    expect(await totalsIn(fixture)).toEqual([2, 2, 2 * KiB, 2]);
  });

  it("Nothing lost: the record whose end found no room is done again after a restart", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const { engine, journal } = await engineByHand(fixture);
    journal.full = (changes) => puts(changes, "record", (row) => row.includes('"index":0') && row.includes("success"));
    const second = new Promise((resolve) => {
      engine.events.on("record.settled", ({ index }) => void (index === 1 && resolve(index)));
    });
    await engine.backgroundFetch.fetch("both", [url, `${url}?1`, `${fixture.origin.url}/missing`]);
    await second;
    await engine.close();

    const again = await fixture.restart();
    const states: unknown[] = [];
    const { registration, type } = await nextEvent(again);
    await using rows = await readStore({ directory: `${fixture.folder}/store` });
    for (const { state } of await rows.records(1, 0, 3)) states.push(state);

    expect([type, registration.failureReason]).toEqual(["backgroundfetchfail", "bad-status"]);
    expect(states).toEqual(["success", "success", "failure"]);
  });

  it("rows that cannot be read for a while are read later", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const { engine, journal } = await engineByHand(fixture);
    await using _ = engine;
    journal.unreadable = true;
    const fault = nextFault(engine);
    await engine.backgroundFetch.fetch("episode", url);
    expect(await fault).toBe("reading records");

    journal.unreadable = false;

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
  });

  it("close() does not wait for a journal that stays broken", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const { engine, journal } = await engineByHand(fixture);
    journal.full = (changes) => puts(changes, "record", (row) => row.includes("success"));
    const fault = nextFault(engine);
    await engine.backgroundFetch.fetch("episode", url);
    await fault;

    await engine.close();

    expect((await nextEvent(await fixture.restart())).type).toBe("backgroundfetchsuccess");
  });

  it("an answer that has no place to go to keeps neither its connection nor its record", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", {
      body: { size: 64 * MiB, seed: 1 },
    });
    const engine = await fixture.restart();
    const bodies = join(fixture.folder, "store", "bodies");
    await rm(bodies, { recursive: true });
    await writeFile(bodies, "");

    await engine.backgroundFetch.fetch("episode", url);
    expect((await nextEvent(engine)).type).toBe("backgroundfetchfail");

    await fixture.origin.until(() => fixture.origin.connections === 0);
  });

  it("a checkpoint that found no room leaves no body that nobody names", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const { engine, journal } = await engineByHand(fixture, { keepFailed: true, whenFull: "fail" });
    await using _ = engine;
    journal.full = (changes) => puts(changes, "record", (row) => row.includes('"bodyId"') && row.includes("pending"));
    const released = reached(engine, "released");
    const registration = await engine.backgroundFetch.fetch("episode", url);
    expect((await nextEvent(engine)).type).toBe("backgroundfetchfail");
    await released;

    expect(registration.failureReason).toBe("quota-exceeded");
    expect(registration.downloaded).toBe(0);
    const { readdir } = await import("node:fs/promises");
    const left = await readdir(join(fixture.folder, "store", "bodies"), { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { openEngine } from "../../adapters/node/index.ts";
import { SqliteJournalStore } from "../../adapters/node/sqlite-journal-store.ts";
import { bytesOf } from "../origin/body.ts";
import { createFixture, KiB, MiB, nextEvent, reached, stored } from "./fixture.ts";

const endTypes = ["backgroundfetchsuccess", "backgroundfetchfail", "backgroundfetchabort"] as const;

describe("what happens at the same time", { timeout: 60_000 }, () => {
  it("J1 J9 a store has one engine: the second is told who has it, and the first goes on", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: MiB, seed: 1 } });
    const engine = await fixture.restart();
    const directory = `${fixture.folder}/store`;

    const message = expect.stringContaining(`in use by process ${process.pid}`);
    await expect(openEngine({ directory })).rejects.toMatchObject({ code: "LONGHAUL_LOCK_HELD", message });

    await engine.backgroundFetch.fetch("episode", url);
    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
  });

  // Mutant: a journal that does not compare fences. The owner that wakes up would overwrite the new one's rows.
  it("J2 an owner whose lock was taken while it was stopped changes nothing, and says so", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const engine = await fixture.restart();
    await using other = await SqliteJournalStore.open({ directory: `${fixture.folder}/store` });
    await other.commit([{ type: "put", key: "other", value: 1 }], { fence: Date.now() + 1_000_000 });

    await expect(engine.backgroundFetch.fetch("episode", url)).rejects.toMatchObject({
      name: "TypeError",
      cause: { code: "LONGHAUL_LOCK_LOST" },
    });

    expect(await other.list({ prefix: "registration/", limit: 1 })).toEqual([]);
    expect(await other.list({ prefix: "record/", limit: 1 })).toEqual([]);
  });

  it("J3 of twenty fetches of one id at the same time one is made, and the others are refused", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const engine = await fixture.restart();

    const all = Array.from({ length: 20 }, () => engine.backgroundFetch.fetch("episode", url));
    const outcomes = await Promise.allSettled(all);

    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const reasons = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    expect(reasons.every((reason) => reason instanceof TypeError)).toBe(true);
    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
    expect(fixture.origin.log).toHaveLength(1);
  });

  // Mutants: an abort that resolves to true and is followed by success; an event for each of two ends.
  it("J4 of abort, success and failure at about the same time one is the end, and abort() says which", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: 64 * KiB, seed: 1 } });
    const engine = await fixture.restart();
    const ends = new Map<string, string[]>();
    const rounds = 40;
    const over = new Promise<void>((resolve) => {
      let count = 0;
      engine.events.on("registration.state", ({ state }) => {
        if (state === "released") count += 1;
        if (count === rounds) resolve();
      });
    });
    for (const type of endTypes) {
      engine.addEventListener(type, ({ registration: { id } }) => void ends.set(id, [...(ends.get(id) ?? []), type]));
    }
    const aborted = new Map<string, boolean>();
    for (let round = 0; round < rounds; round += 1) {
      const urls = round % 3 === 0 ? [url, `${fixture.origin.url}/missing`] : [url];
      const registration = await engine.backgroundFetch.fetch(`race-${round}`, urls);
      const turns = round % 20;
      for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
      aborted.set(registration.id, await registration.abort());
    }
    await over;

    expect([...ends.values()].every((types) => types.length === 1)).toBe(true);
    expect(ends.size).toBe(rounds);
    for (const [id, didIt] of aborted) expect(ends.get(id)?.[0] === "backgroundfetchabort").toBe(didIt);
    expect(new Set(aborted.values()).size).toBe(2);
  });

  it("J5 a response that is read while it is received, over an interruption, is whole", async () => {
    await using fixture = await createFixture();
    const size = 6 * MiB;
    const { url } = fixture.origin.resource("/file", {
      body: { size, seed: 1 },
      faults: [{ type: "cut", after: 5 * MiB, how: "rst" }],
    });
    const engine = await fixture.restart({ checkpointBytes: 256 * KiB });
    const registration = await engine.backgroundFetch.fetch("episode", url);
    const response = await (await registration.match(url))?.responseReady;

    const bytes = Buffer.from((await response?.arrayBuffer()) ?? new ArrayBuffer(0));

    expect(bytes.equals(bytesOf(1, 0, size))).toBe(true);
    expect(fixture.origin.log.length).toBeGreaterThan(1);
  });

  // Mutant: a body that ends early where it should error.
  it("J5 J8 a response whose records are let go while it is read is whole, or an error, and never short", async () => {
    await using fixture = await createFixture();
    const size = 6 * MiB;
    const { url } = fixture.origin.resource("/file", { body: { size, seed: 1 } });
    const engine = await fixture.restart();
    const released = reached(engine, "released");
    const reading = new Promise<Buffer | unknown>((resolve) => {
      engine.addEventListener("backgroundfetchsuccess", async ({ registration }) => {
        const response = await (await registration.match(url))?.responseReady;
        const reader = response?.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>;
        const first = await reader.read();
        void readRest(reader, [first.value ?? new Uint8Array()], released).then(resolve, resolve);
      });
    });
    await engine.backgroundFetch.fetch("episode", url);
    const read = await reading;

    expect(Buffer.isBuffer(read) ? read.equals(bytesOf(1, 0, size)) : read instanceof Error).toBe(true);
  });

  it("J7 a thousand pauses and resumes lose no byte and leave no connection", async () => {
    await using fixture = await createFixture();
    const size = 6 * MiB;
    const { url } = fixture.origin.resource("/file", { body: { size, seed: 1 }, bytesPerSecond: 3 * MiB });
    const engine = await fixture.restart({ checkpointBytes: 256 * KiB });
    const registration = await engine.backgroundFetch.fetch("episode", url);
    await stored(registration, 256 * KiB);

    const storm = Array.from({ length: 500 }, async (_, n) => {
      await registration.pause();
      if (n % 10 === 0) await new Promise(setImmediate);
      await registration.resume();
    });
    await Promise.all(storm);
    await registration.resume();
    // Inside the handler: once it has finished, the records go.
    const bytes = await new Promise<ArrayBuffer | undefined>((resolve) => {
      engine.addEventListener("backgroundfetchsuccess", async ({ registration: ended }) => {
        const response = await (await ended.match(url))?.responseReady;
        resolve(await response?.arrayBuffer());
      });
    });

    expect(Buffer.from(bytes ?? new ArrayBuffer(0)).equals(bytesOf(1, 0, size))).toBe(true);
    await engine.close();
    await fixture.origin.until(() => fixture.origin.connections === 0);
  });
});

async function readRest(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  chunks: Uint8Array[],
  after: Promise<void>,
): Promise<Buffer> {
  await after;
  for (let item = await reader.read(); !item.done; item = await reader.read()) chunks.push(item.value);
  return Buffer.concat(chunks);
}

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readStore } from "../../adapters/node/index.ts";
import type { Engine } from "../../core/index.ts";
import { createFixture, type Fixture, KiB, MiB, nextEvent, reached } from "./fixture.ts";
import { engineByHand, puts } from "./hand-journal.ts";

/** A POST whose body breaks while it is read. */
function broken(url: string): Request {
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.error(new Error("no more"));
    },
  });
  return new Request(url, { method: "POST", body, duplex: "half" } as RequestInit);
}

const whole = (url: string): Request => new Request(url, { method: "POST", body: "photo" });

async function bodiesIn({ folder }: Fixture): Promise<string[]> {
  const entries = await readdir(join(folder, "store", "bodies"), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

async function recordsOf({ folder }: Fixture, uid: number): Promise<readonly string[]> {
  await using rows = await readStore({ directory: `${folder}/store` });
  return (await rows.records(uid, 0, 10)).map(({ url }) => url);
}

/** A fetch that has failed, and whose bytes were kept. */
async function failOnce(engine: Engine, id: string, requests: (string | Request)[]): Promise<void> {
  const released = reached(engine, "released");
  await engine.backgroundFetch.fetch(id, requests);
  expect((await nextEvent(engine)).type).toBe("backgroundfetchfail");
  await released;
}

describe("taking a fetch in", () => {
  it("a fetch that is refused leaves neither rows nor bodies", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin;
    const engine = await fixture.restart();
    const many = Array.from({ length: 5_000 }, (_, index) => `${url}/${index}`);

    const refused = engine.backgroundFetch.fetch("episode", [whole(url), ...many, broken(url)]);
    await expect(refused).rejects.toThrow(TypeError);

    expect(await recordsOf(fixture, 1)).toEqual([]);
    expect(await bodiesIn(fixture)).toEqual([]);
  });

  it("rows that a crash left of a fetch that was never whole are not those of the next", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const { engine, journal } = await engineByHand(fixture);
    const many = Array.from({ length: 5_001 }, (_, index) => `${url}?${index}`);
    journal.full = (changes) =>
      changes.some(({ type }) => type === "delete-all") || puts(changes, "registration", () => true);
    await expect(engine.backgroundFetch.fetch("episode", many)).rejects.toMatchObject({ name: "QuotaExceededError" });
    expect(await recordsOf(fixture, 1)).toHaveLength(10);
    await engine.close();

    const second = await fixture.restart();
    const released = reached(second, "released");
    await second.backgroundFetch.fetch("other", url);
    expect((await nextEvent(second)).type).toBe("backgroundfetchsuccess");
    await released;

    expect(fixture.origin.log.map(({ path }) => path)).toEqual(["/file"]);
  });

  it("True bytes: what was kept for other headers is not taken for this request's", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const engine = await fixture.restart({ keepFailed: true });
    const as = (user: string): Request => new Request(url, { headers: { authorization: user } });
    await failOnce(engine, "episode", [as("one"), `${fixture.origin.url}/missing`]);

    await engine.backgroundFetch.fetch("episode", as("two"));
    await reached(engine, "released");

    expect(
      fixture.origin.log.filter(({ path }) => path === "/file").map(({ headers }) => headers["authorization"]),
    ).toEqual(["one", "two"]);
  });

  it("what was kept in part goes on under a renewed token, as the server vouches for it", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", {
      body: { size: 2 * MiB, seed: 1 },
      faults: [
        { type: "cut", after: MiB, how: "rst" },
        { type: "status", status: 403 },
      ],
    });
    const engine = await fixture.restart({ keepFailed: true });
    const as = (token: string): Request => new Request(url, { headers: { authorization: token } });
    await failOnce(engine, "episode", [as("old")]);

    await engine.backgroundFetch.fetch("episode", as("new"));
    await reached(engine, "released");

    const { headers, range, ifRange } = fixture.origin.log.at(-1) ?? {};
    expect([headers?.["authorization"], range, ifRange]).toEqual([
      "new",
      expect.stringMatching(/^bytes=[1-9]/),
      expect.stringMatching(/^"/),
    ]);
  });

  it("what was kept is still there for the next try when a fetch was refused", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const engine = await fixture.restart({ keepFailed: true });
    await failOnce(engine, "episode", [url, `${fixture.origin.url}/missing`]);
    await expect(engine.backgroundFetch.fetch("episode", [url, broken(url)])).rejects.toThrow(TypeError);

    const released = reached(engine, "released");
    await engine.backgroundFetch.fetch("episode", url);
    await released;

    expect(fixture.origin.log.map(({ path }) => path)).toEqual(["/file", "/missing"]);
    expect(await bodiesIn(fixture)).toEqual([]);
  });

  it("one URL twice: the bodies that nobody takes over are removed", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const engine = await fixture.restart({ keepFailed: true });
    await failOnce(engine, "episode", [url, url, `${fixture.origin.url}/missing`]);

    const released = reached(engine, "released");
    await engine.backgroundFetch.fetch("episode", url);
    await released;

    expect(await bodiesIn(fixture)).toEqual([]);
  });

  it("what two failed fetches of one id left behind: the later one's is kept, the earlier one's is gone", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const engine = await fixture.restart({ keepFailed: true });
    const requests = [url, `${fixture.origin.url}/missing`];
    for (let round = 0; round < 2; round += 1) {
      const settled = reached(engine, "delivering");
      await engine.backgroundFetch.fetch("episode", requests);
      await settled;
      // Its id is free once its end is in the journal.
      while ((await engine.backgroundFetch.get("episode")) !== undefined) await new Promise(setImmediate);
    }
    let left = 2;
    const released = new Promise<void>((resolve) => {
      engine.events.on("registration.state", ({ state }) => {
        if (state !== "released") return;
        left -= 1;
        if (left === 0) resolve();
      });
    });
    engine.addEventListener("backgroundfetchfail", () => undefined);
    await released;

    expect(await recordsOf(fixture, 1)).toEqual([]);
    expect(await recordsOf(fixture, 2)).toHaveLength(2);
    expect(await bodiesIn(fixture)).toHaveLength(1);
  });

  it("Nothing lost: a fetch that was slow to take in does not give the number of a later one away", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", {
      body: { size: KiB, seed: 1 },
      faults: [{ type: "silence", times: "always" }],
    });
    const first = await fixture.restart();
    let finish = (): void => undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        finish = () => controller.close();
      },
    });
    const slow = first.backgroundFetch.fetch(
      "slow",
      new Request(url, { method: "POST", body, duplex: "half" } as RequestInit),
    );
    await first.backgroundFetch.fetch("fast", url);
    finish();
    await slow;

    const second = await fixture.restart({ startRestored: false });
    await second.backgroundFetch.fetch("next", url);
    const third = await fixture.restart({ startRestored: false });

    expect(await third.backgroundFetch.getIds()).toEqual(["slow", "fast", "next"]);
  });

  it("an engine that is refused its options lets go of the store", async () => {
    await using fixture = await createFixture();
    await expect(fixture.restart({ maxActive: 0 })).rejects.toThrow(TypeError);

    await fixture.restart();
  });
});

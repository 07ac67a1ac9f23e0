import { describe, expect, it } from "vitest";
import { bytesOf } from "../origin/body.ts";
import { createFixture, KiB, MiB, nextEvent, reached, stored } from "./fixture.ts";

const closed = { name: "AbortError", cause: { code: "LONGHAUL_ENGINE_CLOSED" } };

describe("close()", () => {
  it("ends a response that is being read, and one that is waited for", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", {
      body: { size: MiB, seed: 1 },
      faults: [{ type: "stall", after: 300 * KiB }],
    });
    fixture.origin.resource("/silent", { body: { size: KiB, seed: 1 }, faults: [{ type: "silence" }] });
    const engine = await fixture.restart({ checkpointMs: 20 });
    const registration = await engine.backgroundFetch.fetch("both", [url, `${fixture.origin.url}/silent`]);
    await stored(registration, 300 * KiB);
    const [read, waited] = await registration.matchAll();
    const response = await read?.responseReady;
    const outcomes = Promise.allSettled([response?.arrayBuffer(), waited?.responseReady]);

    await engine.close();

    expect(await outcomes).toMatchObject([
      { status: "rejected", reason: closed },
      { status: "rejected", reason: closed },
    ]);
  });

  it("ends a fetch() whose request body does not end", async () => {
    await using fixture = await createFixture();
    const engine = await fixture.restart();
    let cancelled = false;
    let asked = (): void => undefined;
    const reading = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const stream = {
      pull(): Promise<void> {
        asked();
        return new Promise(() => {});
      },
      cancel(): void {
        cancelled = true;
      },
    };
    const body = new ReadableStream<Uint8Array>(stream, { highWaterMark: 0 });
    const request = new Request(fixture.origin.url, { method: "POST", body, duplex: "half" } as RequestInit);
    const fetching = engine.backgroundFetch.fetch("upload", request);
    const rejected = expect(fetching).rejects.toMatchObject(closed);
    await reading;

    await engine.close();

    await rejected;
    expect(cancelled).toBe(true);
  });

  it.each([0, 2, 4, 6, 8, 12, 20])(
    "a fetch() that it meets after %i turns is either durable or refused, and does no work",
    async (turns) => {
      await using fixture = await createFixture();
      const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
      const engine = await fixture.restart();
      const faults: unknown[] = [];
      engine.events.on("fault", (fault) => faults.push(fault));
      const fetching = engine.backgroundFetch.fetch("episode", url).then(
        ({ id }) => id,
        (error: Error) => error.name,
      );
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();

      await engine.close();

      const outcome = await fetching;
      expect([faults, fixture.origin.log]).toEqual([[], []]);
      const ids = await (await fixture.restart()).backgroundFetch.getIds();
      expect([outcome, ids]).toEqual(outcome === "episode" ? ["episode", ["episode"]] : ["AbortError", []]);
    },
  );

  it("an event that nobody listened for is not handed out any more, but by the next engine", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const engine = await fixture.restart();
    const settled = reached(engine, "delivering");
    await engine.backgroundFetch.fetch("episode", url);
    await settled;
    await engine.close();
    let late = 0;

    engine.addEventListener("backgroundfetchsuccess", () => {
      late += 1;
    });

    expect((await nextEvent(await fixture.restart())).registration.id).toBe("episode");
    expect(late).toBe(0);
  });

  it("pause() and close() at once settle, and what came is there afterwards", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: 2 * MiB, seed: 1 }, bytesPerSecond: 4 * MiB });
    const engine = await fixture.restart({ checkpointMs: 20 });
    const registration = await engine.backgroundFetch.fetch("episode", url);
    await stored(registration, 100 * KiB);

    const outcomes = await Promise.allSettled([registration.pause(), engine.close(), registration.resume()]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);

    const again = await fixture.restart();
    const found = await again.backgroundFetch.get("episode");
    await found?.resume();
    const body = new Promise<Uint8Array | undefined>((resolve) => {
      again.addEventListener("backgroundfetchsuccess", (event) => {
        const read = async (): Promise<Uint8Array | undefined> => {
          const record = await event.registration.match(url);
          return (await record?.responseReady)?.bytes();
        };
        const reading = read();
        event.waitUntil(reading);
        resolve(reading);
      });
    });
    expect(Buffer.from((await body) ?? []).equals(bytesOf(1, 0, 2 * MiB))).toBe(true);
  });
});

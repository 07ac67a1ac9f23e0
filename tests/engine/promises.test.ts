import { describe, expect, it } from "vitest";
import type { BackgroundFetchRegistration, Engine } from "../../core/index.ts";
import { createFixture, type Fixture, KiB, nextEvent, reached } from "./fixture.ts";
import { engineByHand } from "./hand-journal.ts";

interface Held {
  readonly engine: Engine;
  readonly registration: BackgroundFetchRegistration;
  readonly url: string;
}

/** How a state is reached, and what makes a promise in it settle: the act itself, or the next one on the list. */
const states: { readonly [state: string]: (fixture: Fixture) => Promise<Held> } = {
  async transferring(fixture) {
    return begun(fixture, await fixture.restart());
  },
  async paused(fixture) {
    const held = await begun(fixture, await fixture.restart());
    await held.registration.pause();
    return held;
  },
  async "backing-off"(fixture) {
    const engine = await fixture.restart({ retry: { limit: 3, minDelayMs: 60_000, maxDelayMs: 60_000 } });
    const { url } = fixture.origin.resource("/busy", {
      body: { size: KiB, seed: 1 },
      faults: [{ type: "status", status: 503, times: "always" }],
    });
    const waiting = new Promise<void>((resolve) => {
      engine.events.on("record.state", ({ state }) => void (state === "backing-off" && resolve()));
    });
    const registration = await engine.backgroundFetch.fetch("film", url);
    await waiting;
    return { engine, registration, url };
  },
  async "settled, its event owed"(fixture) {
    const engine = await fixture.restart();
    const { url } = fixture.origin.resource("/whole", { body: { size: KiB, seed: 1 } });
    const delivering = reached(engine, "delivering");
    const registration = await engine.backgroundFetch.fetch("film", url);
    await delivering;
    return { engine, registration, url };
  },
  async released(fixture) {
    const engine = await fixture.restart();
    const { url } = fixture.origin.resource("/whole", { body: { size: KiB, seed: 1 } });
    const released = reached(engine, "released");
    const registration = await engine.backgroundFetch.fetch("film", url);
    await nextEvent(engine);
    await released;
    return { engine, registration, url };
  },
  async "its engine closed"(fixture) {
    const held = await begun(fixture, await fixture.restart());
    await held.engine.close();
    return held;
  },
  async "its store gone"(fixture) {
    const { engine, journal } = await engineByHand(fixture);
    const held = await begun(fixture, engine);
    journal.full = () => true;
    journal.unreadable = true;
    return held;
  },
};

async function begun({ origin }: Fixture, engine: Engine): Promise<Held> {
  const { url } = origin.resource("/silent", {
    body: { size: KiB, seed: 1 },
    faults: [{ type: "silence", times: "always" }],
  });
  const asked = origin.log.length;
  const registration = await engine.backgroundFetch.fetch("film", url);
  await origin.until(() => origin.log.length > asked);
  return { engine, registration, url };
}

/** Every method of the API that gives a promise. */
const calls: { readonly [name: string]: (held: Held) => Promise<unknown> } = {
  "fetch()": ({ engine, url }) => engine.backgroundFetch.fetch("other", url),
  "fetch() of the same id": ({ engine, url }) => engine.backgroundFetch.fetch("film", url),
  "get()": ({ engine }) => engine.backgroundFetch.get("film"),
  "getIds()": ({ engine }) => engine.backgroundFetch.getIds(),
  "match()": ({ registration, url }) => registration.match(url),
  "matchAll()": ({ registration }) => registration.matchAll(),
  "pause()": ({ registration }) => registration.pause(),
  "resume()": ({ registration }) => registration.resume(),
  "explain()": ({ engine }) => engine.explain("film"),
  "forget()": ({ engine }) => engine.forget("film"),
  "abort()": ({ registration }) => registration.abort(),
  "close()": ({ engine }) => engine.close(),
};

const settle = (promise: Promise<unknown>): Promise<"settled"> =>
  promise.then(
    () => "settled" as const,
    () => "settled" as const,
  );

describe("One end: every promise settles", () => {
  for (const [state, reach] of Object.entries(states)) {
    it(`of every method, one after the other, while a fetch is ${state}`, async () => {
      await using fixture = await createFixture();
      const held = await reach(fixture);

      for (const [name, call] of Object.entries(calls)) {
        expect(await settle(call(held)), name).toBe("settled");
      }
    });

    it(`of responseReady and its body, when a fetch that is ${state} is aborted, or its engine closed`, async () => {
      for (const end of ["abort()", "close()"] as const) {
        await using fixture = await createFixture();
        const held = await reach(fixture);
        const record = await held.registration.match(held.url).catch(() => undefined);
        const read = settle(record?.responseReady.then((response) => response.text()) ?? Promise.resolve());

        await settle(calls[end]?.(held) ?? Promise.resolve());
        await settle(held.engine.close());

        expect(await read, end).toBe("settled");
      }
    });
  }
});

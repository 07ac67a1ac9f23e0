import { describe, expect, it } from "vitest";
import type { BackgroundFetchUpdateUIEvent, Engine } from "../../core/index.ts";
import { createFixture, type Fixture, KiB, MiB, nextEvent, reached } from "./fixture.ts";

/** By the time a later fetch has failed and its event was heard, earlier events have gone to whoever listened. */
async function somethingLater(fixture: Fixture, engine: Engine): Promise<void> {
  const heard = new Promise((resolve) => engine.addEventListener("backgroundfetchfail", resolve));
  await engine.backgroundFetch.fetch("later", `${fixture.origin.url}/missing`);
  await heard;
}

describe("those who listen", () => {
  it("Nothing lost: a listener for one event leaves the next event to the next listener", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const engine = await fixture.restart();
    const hear = (): Promise<string> =>
      new Promise((resolve) => {
        engine.addEventListener("backgroundfetchsuccess", ({ registration }) => resolve(registration.id), {
          once: true,
        });
      });
    const released = reached(engine, "released");
    const first = hear();
    await engine.backgroundFetch.fetch("one", url);
    expect(await first).toBe("one");
    await released;

    const settled = reached(engine, "delivering");
    await engine.backgroundFetch.fetch("two", url);
    await settled;
    await somethingLater(fixture, engine);

    expect(await hear()).toBe("two");
  });

  it.each([
    [
      "added twice and removed once",
      (engine: EventTarget, listener: () => void) => {
        engine.addEventListener("backgroundfetchsuccess", listener);
        engine.addEventListener("backgroundfetchsuccess", listener);
        engine.removeEventListener("backgroundfetchsuccess", listener);
      },
    ],
    [
      "removed by its signal",
      (engine: EventTarget, listener: () => void) => {
        const controller = new AbortController();
        engine.addEventListener("backgroundfetchsuccess", listener, { signal: controller.signal });
        controller.abort();
      },
    ],
  ])("Nothing lost: an event does not go to a listener that was %s", async (_, addAndRemove) => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const engine = await fixture.restart();
    addAndRemove(engine, () => undefined);
    const settled = reached(engine, "delivering");

    await engine.backgroundFetch.fetch("one", url);
    await settled;
    await somethingLater(fixture, engine);

    expect((await nextEvent(engine)).registration.id).toBe("one");
  });

  it("a listener that is still there hears, although another was removed that never was there", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const engine = await fixture.restart();
    const heard = nextEvent(engine);
    engine.removeEventListener("backgroundfetchsuccess", () => undefined);

    await engine.backgroundFetch.fetch("one", url);

    expect((await heard).registration.id).toBe("one");
  });

  it("abort() from within a notification leaves nothing at work", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", {
      body: { size: MiB, seed: 1 },
      faults: [{ type: "silence", times: "always" }],
    });
    const engine = await fixture.restart({ startRestored: false });
    const registration = await engine.backgroundFetch.fetch("episode", [`${url}?0`, `${url}?1`, `${url}?2`]);
    await registration.pause();
    const again = await fixture.restart({ startRestored: false });
    const settled: number[] = [];
    again.events.on("record.settled", ({ index }) => settled.push(index));
    let started = 0;
    again.events.on("record.state", ({ state }) => {
      if (state !== "exchanging") return;
      started += 1;
      void found?.abort();
    });
    const found = await again.backgroundFetch.get("episode");
    const released = reached(again, "released");

    await found?.resume();
    expect((await nextEvent(again)).type).toBe("backgroundfetchabort");
    await released;

    expect(started).toBe(1);
    expect(settled).toEqual([0]);
    await fixture.origin.until(() => fixture.origin.connections === 0);
  });

  it("one that throws is reported as a fault and stops nothing", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const engine = await fixture.restart();
    const faults: string[] = [];
    engine.events.on("fault", ({ during }) => faults.push(during));
    engine.events.on("record.settled", () => {
      throw new Error("listener");
    });

    await engine.backgroundFetch.fetch("episode", url);

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
    expect(faults).toEqual(["telling listeners of record.settled"]);
  });

  it("a handler of the final event that throws or rejects is reported as a fault, and the process lives", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const engine = await fixture.restart();
    const faults: string[] = [];
    engine.events.on("fault", ({ error, during }) => faults.push(`${(error as Error).message} in ${during}`));
    engine.addEventListener("backgroundfetchsuccess", () => {
      throw new Error("thrown");
    });
    engine.onbackgroundfetchsuccess = async () => {
      throw new Error("rejected");
    };
    const released = reached(engine, "released");

    await engine.backgroundFetch.fetch("episode", url);
    await released;

    expect(faults).toEqual(["thrown", "rejected"].map((what) => `${what} in a handler of a functional event`));
  });

  it("updateUI() is refused once the event has ended", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const engine = await fixture.restart();
    const released = reached(engine, "released");
    const heard = new Promise<BackgroundFetchUpdateUIEvent>((resolve) => {
      engine.addEventListener("backgroundfetchsuccess", resolve);
    });
    await engine.backgroundFetch.fetch("episode", url);
    const event = await heard;
    await released;

    await expect(event.updateUI({ title: "late" })).rejects.toMatchObject({ name: "InvalidStateError" });
  });
});

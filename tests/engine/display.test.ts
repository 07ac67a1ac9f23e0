import { rename } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { Notice, Notifier, UserAction } from "../../core/ports/index.ts";
import { createFixture, KiB, nextEvent, reached } from "./fixture.ts";

/** Writes down what it is to show, and does what the test says as the user would. */
class RecordingNotifier implements Notifier {
  readonly name = "recording";
  readonly notices: Notice[] = [];
  readonly hidden: number[] = [];
  #listener: ((action: UserAction) => void) | undefined;

  show(notice: Notice): void {
    this.notices.push(notice);
  }

  hide(uid: number): void {
    this.hidden.push(uid);
  }

  watch(listener: (action: UserAction) => void): () => void {
    this.#listener = listener;
    return () => {
      this.#listener = undefined;
    };
  }

  act(type: UserAction["type"], uid = this.notices.at(-1)?.uid ?? 0): void {
    this.#listener?.({ type, uid });
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

const silent = { body: { size: KiB, seed: 1 }, faults: [{ type: "silence" }] } as const;

describe("what the user is shown", () => {
  it("begins with the title and icons, progresses, and ends with the result", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", { body: { size: 300 * KiB, seed: 1 } });
    const notifier = new RecordingNotifier();
    const engine = await fixture.restart({ notifier });
    const released = reached(engine, "released");

    const icons = [{ src: "/poster.png", sizes: "64x64" }];
    await engine.backgroundFetch.fetch("film", url, { title: "A film", icons, downloadTotal: 300 * KiB });
    engine.addEventListener("backgroundfetchsuccess", (event) =>
      event.waitUntil(event.updateUI({ title: "Watch it" })),
    );
    await released;

    const { notices } = notifier;
    expect(notices[0]).toMatchObject({ id: "film", title: "A film", icons, result: "", downloaded: 0, pausable: true });
    expect(notices.at(-1)).toMatchObject({ title: "Watch it", result: "success", downloaded: 300 * KiB });
    const results = notices.map(({ result }) => result);
    expect(results.slice(results.indexOf("success"))).not.toContain("");
    await nothingMore(notifier);
    expect(notifier.hidden).toEqual([notices[0]?.uid]);
  });

  it("is no more than the user may do: a click is an event, during the fetch and after it", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", silent);
    const notifier = new RecordingNotifier();
    const engine = await fixture.restart({ notifier });
    const clicked: (string | boolean)[] = [];
    engine.onbackgroundfetchclick = ({ type, registration }) => {
      clicked.push(type, registration.id, registration.recordsAvailable);
    };
    const registration = await engine.backgroundFetch.fetch("film", url);

    notifier.act("click");
    const released = reached(engine, "released");
    void nextEvent(engine);
    await registration.abort();
    await released;
    await nothingMore(notifier);
    notifier.act("click");
    notifier.act("click", 99);

    expect(clicked).toEqual(["backgroundfetchclick", "film", true, "backgroundfetchclick", "film", false]);
  });

  it("a click that nobody listens for is gone, and is not handed out later", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", silent);
    const engine = await fixture.restart();
    await engine.backgroundFetch.fetch("film", url);
    let clicks = 0;

    expect([engine.click("film"), engine.click("other")]).toEqual([true, false]);
    engine.addEventListener("backgroundfetchclick", () => {
      clicks += 1;
    });
    await new Promise(setImmediate);

    expect(clicks).toBe(0);
  });

  it("Right event: the user aborts, and the abort event is fired", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", silent);
    const notifier = new RecordingNotifier();
    const engine = await fixture.restart({ notifier });
    await engine.backgroundFetch.fetch("film", url);

    notifier.act("abort");

    const { type, registration } = await nextEvent(engine);
    expect([type, registration.failureReason]).toEqual(["backgroundfetchabort", "aborted"]);
  });

  it("lets the user pause and resume what is all GET, and nothing else", async () => {
    await using fixture = await createFixture();
    const { origin } = fixture;
    const { url } = origin.resource("/film", silent);
    const notifier = new RecordingNotifier();
    const engine = await fixture.restart({ notifier });
    const upload = await engine.backgroundFetch.fetch("upload", [url, new Request(url, { method: "POST", body: "x" })]);
    notifier.act("pause");
    await new Promise(setImmediate);
    expect([notifier.notices.at(-1)?.pausable, upload.state]).toEqual([false, "transferring"]);

    const download = await engine.backgroundFetch.fetch("film", url);
    const { uid = 0 } = notifier.notices.find(({ id }) => id === "film") ?? {};
    notifier.act("pause", uid);
    expect(download.state).toBe("paused");
    notifier.act("resume", uid);
    expect(download.state).toBe("transferring");
  });

  it("asks for permission by starting paused, and goes on when the user lets it", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", { body: { size: KiB, seed: 1 } });
    const notifier = new RecordingNotifier();
    const permission = { name: "asks", query: async () => "prompt" as const };
    const engine = await fixture.restart({ notifier, permission });

    const registration = await engine.backgroundFetch.fetch("film", url);
    expect([registration.state, fixture.origin.log.length]).toEqual(["paused", 0]);
    notifier.act("resume");

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
  });

  // Mutant: only what may be paused may be resumed. Then nobody could ever grant an upload.
  it("goes on with an upload that started paused when the user lets it, and does not let it be paused then", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", silent);
    const notifier = new RecordingNotifier();
    const permission = { name: "asks", query: async () => "prompt" as const };
    const engine = await fixture.restart({ notifier, permission });
    const upload = await engine.backgroundFetch.fetch("up", new Request(url, { method: "POST", body: "x" }));
    expect([upload.state, fixture.origin.log.length]).toEqual(["paused", 0]);

    notifier.act("resume");
    expect(upload.state).toBe("transferring");
    notifier.act("pause");
    expect(upload.state).toBe("transferring");
  });

  // Mutant: the oldest one is clicked.
  it("a click by id is one of the newest fetch of that id, and only of the last 32 that ended", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", { body: { size: 1, seed: 1 } });
    const notifier = new RecordingNotifier();
    const engine = await fixture.restart({ notifier });
    const clicked: unknown[] = [];
    engine.onbackgroundfetchclick = ({ registration }) => clicked.push(registration);
    engine.onbackgroundfetchsuccess = () => {};
    const fetched = async (id: string, ended: number): Promise<unknown> => {
      const registration = await engine.backgroundFetch.fetch(id, url);
      while (notifier.hidden.length < ended) await new Promise(setImmediate);
      return registration;
    };
    await fetched("film", 1);
    const newest = await fetched("film", 2);

    engine.click("film");
    for (let n = 3; n <= 33; n += 1) await fetched(`other ${n}`, n);
    const before = engine.click("film");
    await fetched("one more", 34);

    expect([before, engine.click("film")]).toEqual([true, false]);
    expect(clicked).toEqual([newest, newest]);
  });

  it("hears nothing of the user once the engine is closed, and a notifier that cannot be left alone is no harm", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", silent);
    let left = 0;
    const notifier = Object.assign(new RecordingNotifier(), {
      watch: () => () => {
        left += 1;
        throw new Error("stuck");
      },
    });
    const engine = await fixture.restart({ notifier });
    const faults: string[] = [];
    engine.events.on("fault", ({ during }) => faults.push(during));
    await engine.backgroundFetch.fetch("film", url);

    await engine.close();

    expect([left, faults]).toEqual([1, ["closing the notifier"]]);
    expect(() => engine.click("film")).toThrow(expect.objectContaining({ code: "LONGHAUL_ENGINE_CLOSED" }));
  });

  it("is nobody's harm when it cannot be hidden", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", { body: { size: KiB, seed: 1 } });
    const hide = (): void => {
      throw new Error("no screen");
    };
    const engine = await fixture.restart({ notifier: Object.assign(new RecordingNotifier(), { hide }) });
    const fault = new Promise<string>((resolve) => engine.events.on("fault", ({ during }) => resolve(during)));

    await engine.backgroundFetch.fetch("film", url);
    await nextEvent(engine);

    expect(await fault).toBe("hiding a fetch");
  });

  it("refuses in the exceptions of the specification when permission or room cannot be asked for", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", silent);
    const permission = { name: "broken", query: () => Promise.reject(new Error("no answer")) };
    const engine = await fixture.restart({ permission });
    await expect(engine.backgroundFetch.fetch("film", url)).rejects.toThrow(TypeError);

    const folder = `${fixture.folder}/store`;
    const faults: string[] = [];
    const measured = await fixture.restart();
    measured.events.on("fault", ({ during }) => faults.push(during));
    await rename(folder, `${folder}-away`);
    await measured.backgroundFetch.fetch("film", url, { downloadTotal: 10 }).catch(() => undefined);
    await rename(`${folder}-away`, folder);

    expect(faults).toContain("asking how much may be stored");
  });

  it("is nobody's harm when it cannot be shown", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/film", { body: { size: KiB, seed: 1 } });
    const notifier = Object.assign(new RecordingNotifier(), {
      show() {
        throw new Error("no screen");
      },
    });
    const engine = await fixture.restart({ notifier });
    const faults: string[] = [];
    engine.events.on("fault", ({ during }) => faults.push(during));

    await engine.backgroundFetch.fetch("film", url);

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
    expect(new Set(faults)).toEqual(new Set(["showing a fetch"]));
  });
});

/** What is released is hidden a moment after its last state. */
async function nothingMore(notifier: RecordingNotifier): Promise<void> {
  while (notifier.hidden.length === 0) await new Promise(setImmediate);
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileDigest } from "../crash/file-digest.ts";
import { sha256Of } from "../origin/body.ts";
import { createFixture, KiB, MiB, nextEvent, reached, stored } from "./fixture.ts";

describe("after a restart", () => {
  it("G8 an event whose handler had not finished is handed out again, and not a third time", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const first = await fixture.restart();
    await first.backgroundFetch.fetch("episode", url);
    await new Promise<void>((resolve) => {
      first.addEventListener("backgroundfetchsuccess", (event) => {
        event.waitUntil(new Promise(() => {}));
        resolve();
      });
    });

    const second = await fixture.restart();
    const released = reached(second, "released");
    const { registration } = await nextEvent(second);
    await released;
    const third = await fixture.restart();
    let more = 0;
    third.addEventListener("backgroundfetchsuccess", () => {
      more += 1;
    });
    await third.backgroundFetch.fetch("other", url);
    await reached(third, "released");

    expect(registration.id).toBe("episode");
    expect(more).toBe(1);
  });

  it("G7 a handler that throws harms nobody", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 } });
    const engine = await fixture.restart();
    engine.addEventListener("backgroundfetchsuccess", (event) => {
      event.waitUntil(Promise.reject(new Error("handler")));
    });
    const released = reached(engine, "released");

    await engine.backgroundFetch.fetch("episode", url);

    await released;
  });

  it("J4 an abort survives: its event is owed, nothing is asked for again", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: MiB, seed: 1 }, faults: [{ type: "silence" }] });
    const first = await fixture.restart();
    const registration = await first.backgroundFetch.fetch("episode", url);
    await registration.abort();

    const second = await fixture.restart();

    expect((await nextEvent(second)).type).toBe("backgroundfetchabort");
    expect(fixture.origin.log.length).toBeLessThanOrEqual(1);
  });

  it("C1 what a server asked for with Retry-After is kept to over a restart", async () => {
    await using fixture = await createFixture();
    const asked: number[] = [];
    fixture.origin.route("/busy", (_, response) => {
      asked.push(performance.now());
      if (asked.length > 1) response.end("at last");
      else response.writeHead(503, { "retry-after": "2" }).end();
    });
    const first = await fixture.restart();
    const refused = new Promise<void>((resolve) => {
      first.events.on("record.state", ({ state }) => void (state === "backing-off" && resolve()));
    });
    await first.backgroundFetch.fetch("episode", `${fixture.origin.url}/busy`);
    await refused;

    const second = await fixture.restart();

    expect((await nextEvent(second)).type).toBe("backgroundfetchsuccess");
    const [before = 0, after = 0] = asked;
    expect(after - before).toBeGreaterThan(1_950);
  });

  it("O1 a POST that waits for a connection can be paused, and is sent once when it is resumed", async () => {
    await using fixture = await createFixture();
    const { origin } = fixture;
    const { url: held } = origin.resource("/held", { body: { size: KiB, seed: 1 }, faults: [{ type: "silence" }] });
    const { url } = origin.resource("/form", { body: { size: KiB, seed: 2 } });
    const engine = await fixture.restart({ perOrigin: 1 });
    const asked = origin.log.length;
    await engine.backgroundFetch.fetch("other", held);
    while (origin.log.length === asked) await new Promise(setImmediate);
    const upload = await engine.backgroundFetch.fetch("upload", new Request(url, { method: "POST", body: "photo" }));

    await upload.pause();
    await (await engine.backgroundFetch.get("other"))?.abort();
    await upload.resume();
    while (upload.result === "") await new Promise((resolve) => upload.addEventListener("progress", resolve));

    expect(upload.result).toBe("success");
    expect(origin.log.filter(({ path }) => path === "/form")).toHaveLength(1);
  });

  it("O1 a POST that is under way is not stopped by pause(), and succeeds", async () => {
    await using fixture = await createFixture();
    const { promise: asked, resolve: ask } = Promise.withResolvers<() => void>();
    fixture.origin.route("/form", (_, response) => ask(() => void response.end("thanks")));
    const engine = await fixture.restart();
    const request = new Request(`${fixture.origin.url}/form`, { method: "POST", body: "photo" });
    const upload = await engine.backgroundFetch.fetch("upload", request);
    const answer = await asked;

    await upload.pause();
    answer();

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
  });

  it("O1 a POST that was cut is not sent again, by this run or the next", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/form", {
      body: { size: KiB, seed: 1 },
      faults: [{ type: "silence", times: "always" }],
    });
    const first = await fixture.restart();
    await first.backgroundFetch.fetch("upload", new Request(url, { method: "POST", body: "photo" }));
    await fixture.origin.until(() => fixture.origin.log.length === 1);

    const second = await fixture.restart();
    const { type, registration } = await nextEvent(second);

    expect(type).toBe("backgroundfetchfail");
    expect(registration.failureReason).toBe("fetch-error");
    expect(fixture.origin.log).toHaveLength(1);
  });

  it("a failed fetch's bytes are taken over by the next one of the same id, if they are kept", async () => {
    await using fixture = await createFixture();
    const resource = fixture.origin.resource("/file", {
      body: { size: 12 * MiB, seed: 1 },
      faults: [
        { type: "cut", after: 9 * MiB, how: "rst" },
        { type: "status", status: 410 },
      ],
    });
    const destination = join(fixture.folder, "file");
    const first = await fixture.restart({ keepFailed: true });
    const released = reached(first, "released");
    await first.backgroundFetch.fetch("episode", resource.url, { destinations: [destination] });
    expect((await nextEvent(first)).type).toBe("backgroundfetchfail");
    await released;

    const second = await fixture.restart({ keepFailed: true });
    await second.backgroundFetch.fetch("episode", resource.url, { destinations: [destination] });
    expect((await nextEvent(second)).type).toBe("backgroundfetchsuccess");

    expect(await fileDigest(destination)).toBe(sha256Of(1, 12 * MiB));
    expect(fixture.origin.log.at(-1)?.range).toMatch(/^bytes=[1-9]/);
  });

  it("F13 an existing file is not replaced: the record fails, the bytes stay, and `replace` brings them home", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: 100 * KiB, seed: 1 } });
    const taken = join(fixture.folder, "store", "owner.json");
    const engine = await fixture.restart({ keepFailed: true });
    const before = await readFile(taken, "utf8");
    const codes: unknown[] = [];
    engine.events.on("record.settled", ({ failure }) => codes.push(failure?.code));
    const released = reached(engine, "released");
    await engine.backgroundFetch.fetch("file", url, { destinations: [taken] });
    expect((await nextEvent(engine)).type).toBe("backgroundfetchfail");
    await released;
    expect(codes).toEqual(["destination-exists"]);
    expect(await readFile(taken, "utf8")).toBe(before);

    const again = reached(engine, "released");
    await engine.backgroundFetch.fetch("file", url, { destinations: [taken], replace: true });
    await again;

    expect(await fileDigest(taken)).toBe(sha256Of(1, 100 * KiB));
    expect(fixture.origin.log).toHaveLength(1);
  });

  it("A26 nothing of a download is fetched again when only its end was not yet known", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: 100 * KiB, seed: 1 } });
    const engine = await fixture.restart();
    const registration = await engine.backgroundFetch.fetch("episode", url);
    await stored(registration, 100 * KiB);

    const second = await fixture.restart();

    expect((await nextEvent(second)).type).toBe("backgroundfetchsuccess");
    expect(fixture.origin.log).toHaveLength(1);
  });
});

import { describe, expect, it } from "vitest";
import { createFixture, KiB, MiB, nextEvent } from "./fixture.ts";
import { engineByHand, puts } from "./hand-journal.ts";

describe("downloadTotal", () => {
  it("exactly reached is success", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: 64 * KiB, seed: 1 } });
    const engine = await fixture.restart();

    await engine.backgroundFetch.fetch("episode", [url, url], { downloadTotal: 128 * KiB });

    const { type, registration } = await nextEvent(engine);
    expect([type, registration.downloaded]).toEqual(["backgroundfetchsuccess", 128 * KiB]);
  });

  it("that the server's promised length exceeds fails at once, without the bytes and without the others", async () => {
    await using fixture = await createFixture();
    const { origin } = fixture;
    const { url } = origin.resource("/file", { body: { size: 64 * MiB, seed: 1 } });
    const { url: slow } = origin.resource("/slow", { body: { size: KiB, seed: 2 }, faults: [{ type: "silence" }] });
    const engine = await fixture.restart();

    await engine.backgroundFetch.fetch("episode", [slow, url], { downloadTotal: 64 * KiB });

    const { type, registration } = await nextEvent(engine);
    expect([type, registration.failureReason, registration.downloaded]).toEqual([
      "backgroundfetchfail",
      "download-total-exceeded",
      0,
    ]);
  });

  it("is compared with the promised length before a byte of the body has come", async () => {
    await using fixture = await createFixture();
    const faults = [{ type: "stall", after: 0 }] as const;
    const { url } = fixture.origin.resource("/file", { body: { size: 64 * MiB, seed: 1 }, faults });
    const engine = await fixture.restart();

    await engine.backgroundFetch.fetch("episode", url, { downloadTotal: 64 * KiB });

    expect((await nextEvent(engine)).registration.failureReason).toBe("download-total-exceeded");
  });

  it("ends a body of unknown length as soon as it is too long, and not at the next checkpoint", async () => {
    await using fixture = await createFixture();
    fixture.origin.route("/endless", (_, response) => void response.write(Buffer.alloc(100 * KiB)));
    const engine = await fixture.restart({ checkpointMs: 3_600_000 });

    await engine.backgroundFetch.fetch("episode", `${fixture.origin.url}/endless`, { downloadTotal: 64 * KiB });

    expect((await nextEvent(engine)).registration.failureReason).toBe("download-total-exceeded");
  });

  it("is never exceeded by what is stored, however many records bring bytes of unknown length together", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: 64 * KiB, seed: 1 }, framing: "chunked" });
    const engine = await fixture.restart({ checkpointBytes: 4 * KiB });
    const seen: number[] = [];
    const registration = await engine.backgroundFetch.fetch("episode", Array(6).fill(url), {
      downloadTotal: 200 * KiB,
    });
    registration.addEventListener("progress", () => seen.push(registration.downloaded));

    const { type } = await nextEvent(engine);

    expect([type, registration.failureReason]).toEqual(["backgroundfetchfail", "download-total-exceeded"]);
    expect(Math.max(...seen)).toBeLessThanOrEqual(200 * KiB);
  });

  it("exceeded after another record failed: that came first, and is the reason", async () => {
    await using fixture = await createFixture();
    const { origin } = fixture;
    const { url } = origin.resource("/file", { body: { size: 64 * KiB, seed: 1 }, framing: "chunked" });
    let go = (): void => undefined;
    origin.route("/held", (_, response) => {
      go = () => void response.end(Buffer.alloc(64 * KiB));
      response.flushHeaders();
    });
    const engine = await fixture.restart();
    const settled = new Promise((resolve) => engine.events.once("record.settled", resolve));
    await engine.backgroundFetch.fetch("episode", [`${origin.url}/missing`, `${origin.url}/held`, url], {
      downloadTotal: 64 * KiB,
    });
    await settled;

    go();

    const { type, registration } = await nextEvent(engine);
    expect([type, registration.failureReason]).toEqual(["backgroundfetchfail", "bad-status"]);
  });

  it("exceeded, and then a crash before the registration's end was in the journal: it ends so after the restart", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: 64 * KiB, seed: 1 } });
    const { url: slow } = fixture.origin.resource("/slow", {
      body: { size: KiB, seed: 2 },
      faults: [{ type: "silence" }, { type: "silence" }],
    });
    const { engine: first, journal } = await engineByHand(fixture);
    journal.full = (changes) =>
      puts(changes, "record", (row) => row.includes('"state":"aborted"')) ||
      puts(changes, "registration", (row) => row.includes('"phase":"settled"'));
    const tried = new Promise((resolve) => first.events.once("fault", resolve));
    await first.backgroundFetch.fetch("episode", [slow, url], { downloadTotal: KiB });
    await tried;
    await first.close();

    const { type, registration } = await nextEvent(await fixture.restart());

    expect([type, registration.failureReason]).toEqual(["backgroundfetchfail", "download-total-exceeded"]);
  });
});

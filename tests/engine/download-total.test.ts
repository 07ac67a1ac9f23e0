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
      faults: [{ type: "silence" }],
    });
    const { engine: first, journal } = await engineByHand(fixture);
    journal.full = (changes) =>
      changes.length === 1 && puts(changes, "registration", (row) => row.includes('"settled"'));
    const tried = new Promise((resolve) => first.events.once("fault", resolve));
    await first.backgroundFetch.fetch("episode", [slow, url], { downloadTotal: KiB });
    await tried;
    await first.close();

    const { type, registration } = await nextEvent(await fixture.restart());

    expect([type, registration.failureReason]).toEqual(["backgroundfetchfail", "download-total-exceeded"]);
  });
});

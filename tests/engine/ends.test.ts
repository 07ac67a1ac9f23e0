import { describe, expect, it } from "vitest";
import { readStore } from "../../adapters/node/index.ts";
import { bytesOf } from "../origin/body.ts";
import { createFixture, KiB, MiB, nextEvent, stored } from "./fixture.ts";

describe("how things end", () => {
  it("Right event: a record that failed before a restart still fails its registration after it", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/slow", { body: { size: KiB, seed: 1 }, faults: [{ type: "silence" }] });
    const first = await fixture.restart();
    const failed = new Promise((resolve) => first.events.once("record.settled", resolve));
    await first.backgroundFetch.fetch("both", [`${fixture.origin.url}/missing`, url]);
    await failed;

    const second = await fixture.restart();
    const { type, registration } = await nextEvent(second);

    expect([type, registration.failureReason]).toEqual(["backgroundfetchfail", "bad-status"]);
  });

  it("an abort() that has resolved is in the journal", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", { body: { size: KiB, seed: 1 }, faults: [{ type: "silence" }] });
    const engine = await fixture.restart();
    const registration = await engine.backgroundFetch.fetch("episode", url);

    await registration.abort();

    await using rows = await readStore({ directory: `${fixture.folder}/store` });
    const phases = [];
    for await (const { phase, failureReason } of rows.registrations()) phases.push([phase, failureReason]);
    expect(phases).toEqual([["settled", "aborted"]]);
  });

  it("True bytes: a body of unknown length that was durable before its end came is whole, and fetched once", async () => {
    await using fixture = await createFixture();
    let end = (): void => undefined;
    fixture.origin.route("/stream", (_, response) => {
      response.write(bytesOf(1, 0, 100 * KiB));
      end = () => response.end();
    });
    const engine = await fixture.restart({ checkpointMs: 20 });
    const registration = await engine.backgroundFetch.fetch("episode", `${fixture.origin.url}/stream`);
    await stored(registration, 100 * KiB);

    end();

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
    expect(fixture.origin.log).toHaveLength(1);
  });

  it("No blind repeat: nor is a POST sent again for the rest of such an answer", async () => {
    await using fixture = await createFixture();
    let end = (): void => undefined;
    fixture.origin.route("/form", (_, response) => {
      response.setHeader("etag", '"answer"');
      response.write(bytesOf(1, 0, 300 * KiB));
      end = () => response.end();
    });
    const engine = await fixture.restart({ checkpointMs: 20 });
    const request = new Request(`${fixture.origin.url}/form`, { method: "POST", body: "order" });
    const registration = await engine.backgroundFetch.fetch("order", request);
    await stored(registration, 300 * KiB);

    end();

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
    expect(fixture.origin.log).toHaveLength(1);
  });

  it("Nothing lost: a POST whose answer is stored whole has succeeded, also if the engine stopped just then", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/form", { body: { size: MiB, seed: 1 } });
    const first = await fixture.restart();
    const closed = new Promise<void>((resolve) => {
      // Between the commit of the last byte and that of the record's end.
      first.events.on("registration.progress", ({ downloaded }) => {
        if (downloaded === MiB) resolve(first.close());
      });
    });
    await first.backgroundFetch.fetch("order", new Request(url, { method: "POST", body: "order" }));
    await closed;

    const second = await fixture.restart();

    expect((await nextEvent(second)).type).toBe("backgroundfetchsuccess");
    expect(fixture.origin.log).toHaveLength(1);
  });
});

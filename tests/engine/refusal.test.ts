import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { BackgroundFetchRegistration } from "../../core/index.ts";
import { createFixture, type Fixture, KiB, MiB, nextEvent, reached, stored } from "./fixture.ts";

/** What the final event's handler can read of the response of `url`. */
async function readInHandler(fixture: Fixture, requests: (string | Request)[], url: string): Promise<Response> {
  const engine = await fixture.restart();
  return new Promise((resolve, reject) => {
    engine.addEventListener("backgroundfetchfail", (event) => event.waitUntil(read(event.registration)));
    async function read(registration: BackgroundFetchRegistration): Promise<void> {
      const record = await registration.match(url, { ignoreMethod: true });
      const response = await record?.responseReady;
      if (response === undefined) return reject(new Error("No record"));
      const { status, statusText, headers } = response;
      const body = await response.text().catch((error: Error) => error.name);
      resolve(new Response(body, { status, statusText, headers }));
    }
    engine.backgroundFetch.fetch("episode", requests).catch(reject);
  });
}

async function bodiesIn({ folder }: Fixture): Promise<number> {
  const entries = await readdir(join(folder, "store", "bodies"), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

describe("a response whose status failed its record", () => {
  it("is exposed with its headers and its body", async () => {
    await using fixture = await createFixture();
    fixture.origin.route("/gone", (_, response) => {
      response.writeHead(410, "Gone for good", { "content-type": "text/plain" }).end("moved to the attic");
    });
    const url = `${fixture.origin.url}/gone`;

    const response = await readInHandler(fixture, [url], url);

    expect([response.status, response.statusText]).toEqual([410, "Gone for good"]);
    expect(response.headers.get("content-type")).toBe("text/plain");
    expect(await response.text()).toBe("moved to the attic");
  });

  it("of a POST is exposed too, also when the status would have been tried again for a GET", async () => {
    await using fixture = await createFixture();
    fixture.origin.route("/form", (_, response) => void response.writeHead(503).end("not today"));
    const url = `${fixture.origin.url}/form`;

    const response = await readInHandler(fixture, [new Request(url, { method: "POST", body: "x" })], url);

    expect([response.status, await response.text()]).toEqual([503, "not today"]);
    expect(fixture.origin.log).toHaveLength(1);
  });

  it("is the last one when the server kept refusing", async () => {
    await using fixture = await createFixture();
    let count = 0;
    fixture.origin.route("/busy", (_, response) => {
      count += 1;
      response.writeHead(503).end(`no ${count}`);
    });
    const engine = await fixture.restart({ retry: { limit: 2, minDelayMs: 1, maxDelayMs: 2 } });
    const text = new Promise<string>((resolve) => {
      engine.addEventListener("backgroundfetchfail", ({ registration }) => {
        void registration.match(`${fixture.origin.url}/busy`).then(async (record) => {
          resolve(await ((await record?.responseReady)?.text() ?? ""));
        });
      });
    });

    await engine.backgroundFetch.fetch("episode", `${fixture.origin.url}/busy`);

    expect(await text).toBe("no 3");
  });

  it("counts as downloaded, and is let go with the registration", async () => {
    await using fixture = await createFixture();
    fixture.origin.route("/gone", (_, response) => void response.writeHead(404).end("x".repeat(100)));
    const engine = await fixture.restart();
    const released = reached(engine, "released");

    await engine.backgroundFetch.fetch("episode", `${fixture.origin.url}/gone`);
    const { registration } = await nextEvent(engine);

    expect(registration.downloaded).toBe(100);
    await released;
    expect(await bodiesIn(fixture)).toBe(0);
  });

  it("is kept up to 1 MiB; reading on is an error, not an end", async () => {
    await using fixture = await createFixture();
    fixture.origin.route("/gone", (_, response) => void response.writeHead(404).end(Buffer.alloc(3 * MiB)));
    const url = `${fixture.origin.url}/gone`;

    expect(await (await readInHandler(fixture, [url], url)).text()).toBe("TypeError");
  });

  it("is not in the way of bytes that a later fetch of the same id goes on from", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", {
      body: { size: 2 * MiB, seed: 1 },
      faults: [
        { type: "cut", after: MiB, how: "rst" },
        { type: "status", status: 403 },
      ],
    });
    const engine = await fixture.restart({ keepFailed: true });
    const released = reached(engine, "released");
    await engine.backgroundFetch.fetch("episode", url);
    await nextEvent(engine);
    await released;

    const again = await engine.backgroundFetch.fetch("episode", url);
    await stored(again, 2 * MiB);

    expect(fixture.origin.log.at(-1)?.range).toMatch(/^bytes=[1-9]/);
  });
});

describe("a response before its body", () => {
  it("is ready when its headers are there, although no byte of its body is", async () => {
    await using fixture = await createFixture();
    let end = (): void => undefined;
    fixture.origin.route("/slow", (_, response) => {
      response.writeHead(200, { "x-kind": "slow" }).flushHeaders();
      end = () => void response.end("at last");
    });
    const engine = await fixture.restart();
    const url = `${fixture.origin.url}/slow`;
    const registration = await engine.backgroundFetch.fetch("episode", url);

    const response = await (await registration.match(url))?.responseReady;
    expect([response?.headers.get("x-kind"), response?.url]).toEqual(["slow", url]);
    expect(registration.downloaded).toBe(0);

    end();
    expect(await response?.text()).toBe("at last");
  });

  it("that never gets one is restarted under the same reader as an error", async () => {
    await using fixture = await createFixture();
    const { url } = fixture.origin.resource("/file", {
      body: { size: 4 * KiB, seed: 1 },
      faults: [{ type: "stall", after: 0 }],
    });
    const first = await fixture.restart();
    const registration = await first.backgroundFetch.fetch("episode", url);
    const response = await (await registration.match(url))?.responseReady;
    const text = expect(response?.text()).rejects.toThrow("restarted");

    await registration.pause();
    await registration.resume();

    await text;
  });
});

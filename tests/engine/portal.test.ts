import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { bytesOf } from "../origin/body.ts";
import { createFixture, type Fixture, MiB, nextEvent } from "./fixture.ts";

const size = 2 * MiB;

/** A film of which the first answer breaks off half-way; after it comes `pages` times what `page` answers. */
function film({ origin }: Fixture, pages: number, page: (response: ServerResponse) => void, etag?: string): string[] {
  const ranges: string[] = [];
  const body = Buffer.from(bytesOf(1, 0, size));
  origin.route("/film", (request, response) => {
    ranges.push(request.headers.range ?? "");
    const held = ranges.length > 1 && ranges.length <= pages + 1;
    if (held) return page(response);
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    response.writeHead(start > 0 ? 206 : 200, {
      "content-type": "video/mp4",
      "content-length": size - start,
      ...(etag === undefined ? {} : { etag }),
      ...(start > 0 ? { "content-range": `bytes ${start}-${size - 1}/${size}` } : {}),
    });
    if (ranges.length > 1) response.end(body.subarray(start));
    else response.write(body.subarray(0, MiB), () => response.destroy());
  });
  return ranges;
}

const login = (response: ServerResponse): void => {
  response.writeHead(200, { "content-type": "text/html" }).end("<form>Room number</form>");
};

describe("a captive portal in the middle of a download", () => {
  // Mutant: take its page for a new generation.
  it("C13 True bytes: its pages cost nothing that is held, and the rest comes when it lets us through", async () => {
    await using fixture = await createFixture();
    const ranges = film(fixture, 3, login, '"film"');
    const engine = await fixture.restart({ checkpointBytes: MiB / 4 });
    const url = `${fixture.origin.url}/film`;

    await engine.backgroundFetch.fetch("film", url);

    const digest = await new Promise((resolve) => {
      engine.addEventListener("backgroundfetchsuccess", (event) => {
        event.waitUntil(
          event.registration
            .match(url)
            .then((record) => record?.responseReady)
            .then(async (response) => resolve(sha256(new Uint8Array((await response?.arrayBuffer()) ?? [])))),
        );
      });
    });
    expect(digest).toBe(sha256(bytesOf(1, 0, size)));
    expect([ranges.length, ranges[0]]).toEqual([5, ""]);
    expect(ranges.slice(1)).toEqual(Array(4).fill(expect.stringMatching(/^bytes=[1-9]/)));
  });

  it("C13 one that never lets us through is a failure in words, and what is held is kept", async () => {
    await using fixture = await createFixture();
    film(fixture, 1_000, login, '"film"');
    const engine = await fixture.restart({
      keepFailed: true,
      checkpointBytes: MiB / 4,
      retry: { limit: 3, minDelayMs: 1, maxDelayMs: 5 },
    });
    const codes: (string | undefined)[] = [];
    engine.events.on("record.settled", ({ failure }) => codes.push(failure?.code));

    await engine.backgroundFetch.fetch("film", `${fixture.origin.url}/film`);

    const { registration } = await nextEvent(engine);
    expect([registration.failureReason, codes]).toEqual(["fetch-error", ["captive-portal"]]);
    expect(registration.downloaded).toBeGreaterThan(0);
  });

  it("C13 a page that was asked for from the start is a page", async () => {
    await using fixture = await createFixture();
    fixture.origin.route("/page", (_, response) => login(response));
    const engine = await fixture.restart();

    await engine.backgroundFetch.fetch("page", `${fixture.origin.url}/page`);

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
  });
});

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

import { describe, expect, it, onTestFinished } from "vitest";
import { isTransportError, type Transport } from "../../core/ports/index.ts";
import { sendRequest } from "../../core/send-request.ts";
import type { RecordRow } from "../../models/record-row.ts";
import { createFixture, nextEvent } from "../engine/fixture.ts";
import { createOrigin, type Origin } from "../origin/origin.ts";
import { createNameServer, guardedTransport, pretendedPublic } from "./guarded-transport.ts";
import { answers, urlSpellings } from "./spellings.ts";
import { createTripwire } from "./tripwire.ts";

/** How the request that the engine sends for `url`, with its redirects, ends. */
async function endOf(transport: Transport, url: string): Promise<string> {
  const row = { url, method: "GET", headers: [], settings: {} } as unknown as RecordRow;
  const { signal } = new AbortController();
  const ignored = { onUploadProgress: () => undefined, onPrepare: () => undefined, onAsk: () => undefined };
  const options = { signal, userAgent: "test", body: null, ...ignored };
  try {
    const ask = { offset: 0, end: null, stored: null };
    const { verdict } = await sendRequest(transport, row, ask, () => 0, options);
    return verdict.type === "failed" ? verdict.failure.code : verdict.type;
  } catch (error) {
    if (isTransportError(error)) return error.kind;
    throw error;
  }
}

/** `/to/N` leads to the Nth location, in the bytes that a server would send. */
function redirecting(origin: Origin, locations: readonly string[]): readonly string[] {
  origin.route("/to/", (request, response) => {
    const location = locations[Number(request.url?.split("/").at(-1))] ?? "/";
    response.writeHead(302, { location: Buffer.from(location).toString("latin1") }).end();
  });
  return locations.map((_, at) => `${origin.url}/to/${at}`);
}

describe('redirects, with network: "public"', () => {
  // Mutants: `mayTry` says yes; only the first hop goes through the guard.
  it("D10 N4 lead to none of 300 spellings of a host that is not public", async () => {
    await using tripwire = await createTripwire();
    await using origin = await createOrigin({ host: pretendedPublic });
    const elsewhere = (location: string): boolean => new URL(location, origin.url).hostname !== pretendedPublic;
    const locations = urlSpellings(tripwire.port).filter((url) => !/[\t\n]/.test(url) && elsewhere(url));
    const urls = redirecting(origin, locations);
    await using transport = guardedTransport(createNameServer([[]]).guard);

    const ends = await Promise.all(urls.map((url) => endOf(transport, url)));

    expect(locations.filter((_, at) => ends[at] !== "forbidden")).toEqual([]);
    expect(locations.length).toBeGreaterThan(300);
    expect([origin.log.length, tripwire.connects]).toEqual([locations.length, 0]);
  });

  it("D10 N5 lead to no name whose address is not public", async () => {
    await using tripwire = await createTripwire();
    await using origin = await createOrigin({ host: pretendedPublic });
    const locations = answers.map((_, at) => `http://name-${at}.example:${tripwire.port}/`);
    const urls = redirecting(origin, locations);
    await using transport = guardedTransport(createNameServer(answers.map((address) => [address])).guard);

    const ends = await Promise.all(urls.map((url) => endOf(transport, url)));

    expect(new Set(ends)).toEqual(new Set(["forbidden"]));
    expect([ends.length > 300, tripwire.connects]).toEqual([true, 0]);
  });

  it("D10 N4 with credentials before the host are refused as ever", async () => {
    await using tripwire = await createTripwire();
    await using origin = await createOrigin({ host: pretendedPublic });
    const locations = [`http://public.example@127.0.0.1:${tripwire.port}/`, `//a:b@127.0.0.1:${tripwire.port}/`];
    const urls = redirecting(origin, locations);
    await using transport = guardedTransport(createNameServer([[]]).guard);

    const ends = await Promise.all(urls.map((url) => endOf(transport, url)));

    expect([ends, tripwire.connects]).toEqual([["redirect-refused", "redirect-refused"], 0]);
  });

  // Mutant: "forbidden" is retryable.
  it("D10 N5 fail the record at the hop that is not public, and only once", async () => {
    await using tripwire = await createTripwire();
    await using fixture = await createFixture();
    await using origin = await createOrigin({ host: pretendedPublic, port: tripwire.port });
    const hop = (to: string): string => `http://rebound.example:${tripwire.port}/${to}`;
    origin.route("/first", (_, response) => {
      response.writeHead(307, { location: hop("second"), connection: "close" }).end();
    });
    origin.route("/second", (_, response) => {
      response.writeHead(308, { location: hop("third"), connection: "close" }).end();
    });
    // Public twice, then not any more: each hop has a connection of its own.
    const { guard, asked } = createNameServer([[pretendedPublic], [pretendedPublic], ["127.0.0.1"]]);
    const transport = guardedTransport(guard);
    onTestFinished(() => transport[Symbol.asyncDispose]());
    const engine = await fixture.restart({ dispatcher: transport.dispatcher });
    const codes: (string | undefined)[] = [];
    engine.events.on("record.settled", ({ failure }) => codes.push(failure?.code));

    await engine.backgroundFetch.fetch("film", hop("first"));

    expect((await nextEvent(engine)).registration.failureReason).toBe("fetch-error");
    expect([codes, asked.length, tripwire.connects]).toEqual([["forbidden"], 3, 0]);
    expect(origin.log.map(({ path }) => path)).toEqual(["/first", "/second"]);
  });
});

import { brotliCompressSync, gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { EngineOptions } from "../../core/index.ts";
import { bytesOf } from "../origin/body.ts";
import type { ResourceOptions } from "../origin/resource.ts";
import { createFixture, KiB, MiB, nextEvent } from "./fixture.ts";

const plain = bytesOf(1, 0, 300 * KiB);
const coders = { gzip: gzipSync, br: brotliCompressSync, zstd: zstdCompressSync } as const;

/** Fetch what a server sends coded, and tell how that went. */
async function fetchCoded(resource: ResourceOptions, options: EngineOptions = {}, downloadTotal = 0) {
  await using fixture = await createFixture();
  const { url } = fixture.origin.resource("/file", resource);
  const engine = await fixture.restart({ retry: { limit: 2, minDelayMs: 5, maxDelayMs: 10 }, ...options });
  let code: string | undefined;
  engine.events.on("record.settled", ({ failure }) => {
    code = failure?.code;
  });
  const body = new Promise<Uint8Array | null>((resolve) => {
    const read = async (event: { readonly registration: { match(url: string): Promise<unknown> } }): Promise<void> => {
      const record = (await event.registration.match(url)) as { readonly responseReady: Promise<Response> };
      resolve(new Uint8Array(await (await record.responseReady).arrayBuffer()));
    };
    engine.addEventListener("backgroundfetchsuccess", (event) => event.waitUntil(read(event)));
    engine.addEventListener("backgroundfetchfail", () => resolve(null));
  });
  const ended = nextEvent(engine);
  await engine.backgroundFetch.fetch("episode", url, { downloadTotal });
  const { registration } = await ended;
  const { failureReason, downloaded } = registration;
  return { body: await body, code, failureReason, downloaded, log: fixture.origin.log };
}

const coded = (coding: string, body: Uint8Array): ResourceOptions => ({
  body,
  headers: { "content-encoding": coding },
});

describe("a content coding that nobody asked for", () => {
  // Mutants: store the bytes as they came; take the coded length for the body's.
  it.each(Object.entries(coders))("B12 is undone before the body is stored: %s", async (coding, encode) => {
    const { body, downloaded, log } = await fetchCoded(coded(coding, encode(plain)));

    expect(body).toEqual(new Uint8Array(plain));
    expect(downloaded).toBe(plain.byteLength);
    expect(log[0]?.headers["accept-encoding"]).toBe("identity");
  });

  // Mutant: go on at the count of decoded bytes.
  it("B12 makes a body that is cut begin anew, from its first byte", async () => {
    const options = coded("gzip", gzipSync(plain));
    const { body, log } = await fetchCoded({ ...options, faults: [{ type: "cut", after: 100 * KiB, how: "rst" }] });

    expect(body).toEqual(new Uint8Array(plain));
    expect(log.map(({ range }) => range)).toEqual([null, null]);
  });

  // Mutant: take a clean end of the message for the end of the coding.
  it.each(["length", "close"] as const)("B13 that ends too early is never a success (%s)", async (framing) => {
    const short = gzipSync(plain).subarray(0, -5);
    const { body, code } = await fetchCoded({ ...coded("gzip", short), framing });

    expect([body, code]).toEqual([null, "malformed"]);
  });

  it("B14 is left alone where the caller wants the bytes as they came", async () => {
    const { body } = await fetchCoded(coded("gzip", gzipSync(plain)), { decode: false });

    expect(body).toEqual(new Uint8Array(gzipSync(plain)));
  });

  it.each(["gzip, gzip, gzip", "compress"])("B15 that cannot be undone whole is a failure: %s", async (coding) => {
    const { body, code, log } = await fetchCoded(coded(coding, gzipSync(plain)));

    expect([body, code, log.length]).toEqual([null, "unsupported-coding", 1]);
  });

  // Mutant: compare what comes out with nothing.
  it("B16 that unpacks to more than a hundred times its length is given up", async () => {
    const { body, code, downloaded } = await fetchCoded(coded("gzip", gzipSync(new Uint8Array(64 * MiB))));

    expect([body, code]).toEqual([null, "decompression-bomb"]);
    expect(downloaded).toBeLessThan(16 * MiB);
  });

  it("B16 counts what comes out of it against downloadTotal", async () => {
    const { failureReason } = await fetchCoded(coded("gzip", gzipSync(plain)), {}, 100 * KiB);

    expect(failureReason).toBe("download-total-exceeded");
  });
});

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { PortableCodings } from "../adapters/memory/portable-codings.ts";
import { NodeCodings } from "../adapters/node/node-codings.ts";
import { UndiciTransport } from "../adapters/node/undici-transport.ts";
import { bodyOf, collected, WatchedBody } from "../property-tests/contracts/codings-harness.ts";
import { decodeBody } from "./decode-body.ts";

const MiB = 1024 * 1024;
const codings = new NodeCodings();
const text = Buffer.from("It goes on, and on, and on. ".repeat(5_000));
const decoded = (chain: readonly string[], coded: Uint8Array, promised: number | null = null) =>
  decodeBody(codings, chain, bodyOf([coded]), { promised });
const isText = (bytes: Uint8Array) => Buffer.compare(bytes, text) === 0;

describe("decoding a body", () => {
  it.each([
    { chain: ["gzip"], coded: gzipSync(text) },
    { chain: ["deflate"], coded: deflateSync(text) },
    { chain: ["br"], coded: brotliCompressSync(text) },
    { chain: ["zstd"], coded: zstdCompressSync(text) },
    { chain: ["br", "gzip"], coded: brotliCompressSync(gzipSync(text)) },
    { chain: ["gzip", "gzip"], coded: gzipSync(gzipSync(text)) },
    { chain: [], coded: text },
  ])("B12 undoes $chain, and counts both ends", async ({ chain, coded }) => {
    const body = decoded(chain, coded, coded.length);

    expect(isText(await collected(body.body))).toBe(true);

    expect([body.coded, body.decoded]).toEqual([coded.length, text.length]);
  });

  it("B12 comes from a real connection as it comes from memory", async () => {
    const coded = gzipSync(text);
    const server = createServer((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip", "content-length": coded.length }).end(coded);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    await using transport = new UndiciTransport();
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

    const { body } = await transport.send({ url, method: "GET", headers: [], body: null });
    const bytes = await collected(decodeBody(codings, ["gzip"], body, { promised: coded.length }).body);

    expect(isText(bytes)).toBe(true);
    server.close();
  });

  /** Catches: the length of the decoded bytes compared with the one that was promised of the coded. */
  it("B12 is interrupted where fewer coded bytes came than were promised, also after the coding's end", async () => {
    const coded = gzipSync(text);

    const cut = collected(decoded(["gzip"], coded.subarray(0, 50), coded.length).body);
    const short = collected(decoded(["gzip"], coded, coded.length + 1).body);

    await expect(cut).rejects.toMatchObject({ kind: "interrupted" });
    await expect(short).rejects.toMatchObject({ kind: "interrupted" });
  });

  it("B2 B12 drops what comes beyond the promised length, and stops there", async () => {
    const coded = gzipSync(text);
    const junk = new Uint8Array(1000);
    const wire = new WatchedBody((pull) => (pull === 0 ? [coded, junk] : [junk]));

    const bytes = await collected(decodeBody(codings, ["gzip"], wire, { promised: coded.length }).body);

    expect(isText(bytes)).toBe(true);
    expect(wire).toMatchObject({ pulls: 2, stops: 1 });
  });

  it("B13 is malformed where the body is cut although nothing says so", async () => {
    const cut = collected(decoded(["gzip"], gzipSync(text).subarray(0, -1)).body);

    await expect(cut).rejects.toMatchObject({ name: "TransportError", kind: "malformed" });
  });

  it("B11 gives no bytes of a body of no bytes, whatever its coding", async () => {
    for (const chain of [["gzip"], ["br", "gzip"]]) {
      expect(await collected(decodeBody(codings, chain, bodyOf(), { promised: null }).body)).toHaveLength(0);
      expect(await collected(decodeBody(codings, chain, bodyOf(), { promised: 0 }).body)).toHaveLength(0);
      const broken = collected(decodeBody(codings, chain, bodyOf(), { promised: 9 }).body);
      await expect(broken).rejects.toMatchObject({ kind: "interrupted" });
    }
  });

  /** Catches: a limit asked for at the end, or of the last coding alone. */
  it.each([
    { name: "one coding", chain: ["gzip"], coded: gzipSync(Buffer.alloc(200 * MiB)) },
    { name: "two", chain: ["gzip", "gzip"], coded: gzipSync(gzipSync(Buffer.alloc(200 * MiB))) },
    { name: "an outer one that hides it", chain: ["gzip", "gzip"], coded: gzipSync(Buffer.alloc(50 * MiB)) },
  ])("B16 ends a bomb of $name soon after it is known to be one", async ({ chain, coded }) => {
    const wire = new WatchedBody((pull) => (pull === 0 ? [coded] : new Promise(() => {})));
    const body = decodeBody(codings, chain, wire, { promised: null });

    const read = collected(body.body);

    await expect(read).rejects.toMatchObject(
      chain.length === 2 && body.decoded === 0
        ? { message: expect.any(String) }
        : { failure: { code: "decompression-bomb", reason: "fetch-error", retryable: false } },
    );
    expect(wire.stops).toBe(1);
    expect(body.decoded).toBeLessThan(coded.length * 100 + 12 * MiB);
  });

  it("B16 lets be what is long because it was long, and short bodies whatever their ratio", async () => {
    const zeros = gzipSync(Buffer.alloc(9 * MiB));

    expect(await collected(decoded(["gzip"], zeros).body)).toHaveLength(9 * MiB);
  });

  it("stops the wire when its reader stops, also before it began", async () => {
    const unread = new WatchedBody(() => [text]);
    const read = new WatchedBody(() => [gzipSync(text)]);

    await decodeBody(codings, ["br", "gzip"], unread, { promised: null }).body[Symbol.asyncIterator]().return?.();
    for await (const _ of decodeBody(codings, ["gzip"], read, { promised: null }).body) break;

    expect([unread.pulls, unread.stops, read.stops]).toEqual([0, 1, 1]);
  });

  it("does the same with what every runtime has", async () => {
    const coded = gzipSync(deflateSync(text));
    const body = decodeBody(new PortableCodings(), ["gzip", "deflate"], bodyOf([coded]), { promised: coded.length });

    expect(isText(await collected(body.body))).toBe(true);
  });
});

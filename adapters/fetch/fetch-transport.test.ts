import { describe, expect, it } from "vitest";
import { bytesOfBody, requestOf } from "../../property-tests/contracts/transport-harness.ts";
import { bytesOf } from "../../tests/origin/body.ts";
import { createOrigin } from "../../tests/origin/origin.ts";
import { createPrivateCa, hasOpenssl } from "../../tests/origin/private-ca.ts";
import { FetchTransport } from "./fetch-transport.ts";

const resourceBody = { size: 100_000, seed: 3 };

describe("a fetch transport", () => {
  it("gives a coded body decoded, and nothing by which anybody could resume it", async () => {
    await using origin = await createOrigin();
    const lastModified = "Sun, 06 Nov 1994 08:49:37 GMT";
    const { url } = origin.resource("/file", { body: resourceBody, coding: "gzip", etag: '"v1"', lastModified });

    const response = await new FetchTransport().send(requestOf(url));

    expect(Buffer.from(await bytesOfBody(response.body))).toEqual(bytesOf(3, 0, 100_000));
    const fields = ["content-encoding", "content-length", "last-modified", "accept-ranges", "etag"];
    expect(fields.map((name) => response.headers.get(name))).toEqual([null, null, null, "none", 'W/"v1"']);
  });

  it("refuses a part of a coded body, which nobody can decode", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/file", { body: resourceBody, coding: "gzip" });
    const headers = [["range", "bytes=100-"]] as const;

    await expect(new FetchTransport().send(requestOf(url, { headers }))).rejects.toMatchObject({ kind: "malformed" });
  });

  it("frees its connection when a reader stops who never pulled", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/file", { body: { size: 1e9, seed: 3 } });

    const response = await new FetchTransport().send(requestOf(url));
    await response.body[Symbol.asyncIterator]().return?.();
    await origin.until(() => origin.log[0]?.ended === "gone");

    expect(origin.log.length).toBe(1);
  });

  it.runIf(hasOpenssl)("is insecure if nobody vouches for the host's certificate", async () => {
    await using origin = await createOrigin({ tls: await createPrivateCa() });

    await expect(new FetchTransport().send(requestOf(`${origin.url}/`))).rejects.toMatchObject({ kind: "insecure" });
  });

  it("is unreachable if the name of the host leads nowhere", async () => {
    const url = `http://${"a".repeat(64)}.test/`;

    await expect(new FetchTransport().send(requestOf(url))).rejects.toMatchObject({ kind: "unreachable" });
  });

  it("throws a TypeError for a header that HTTP cannot say", async () => {
    await using origin = await createOrigin();
    const headers = [["x-note", "a\r\nx-evil: 1"]] as const;

    await expect(new FetchTransport().send(requestOf(origin.url, { headers }))).rejects.toThrow(TypeError);
    expect(origin.log).toEqual([]);
  });

  it("throws a TypeError for a body that is not as long as it says", async () => {
    const upload = {
      length: 3,
      async *stream() {
        yield Uint8Array.of(1, 2);
      },
    };
    const request = requestOf("http://127.0.0.1:9/", { method: "PUT", body: upload });

    await expect(new FetchTransport().send(request)).rejects.toThrow(TypeError);
  });

  // A runtime that takes a short body for a whole one, as some have done (B1).
  it("counts for itself", async () => {
    const fetch = async (): Promise<Response> => new Response("short", { headers: { "content-length": "10" } });

    const { body } = await new FetchTransport({ fetch }).send(requestOf("http://127.0.0.1:9/"));

    await expect(bytesOfBody(body)).rejects.toMatchObject({ kind: "interrupted" });
  });

  // A browser's answer to `redirect: "manual"`, which no runtime at hand gives.
  it("says what to do where redirects are not shown", async () => {
    const opaque = Object.defineProperty(new Response(null), "type", { value: "opaqueredirect" });
    const transport = new FetchTransport({ fetch: async () => opaque });

    await expect(transport.send(requestOf("http://127.0.0.1:9/"))).rejects.toThrow("followsRedirects");
  });
});

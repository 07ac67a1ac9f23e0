import { gunzipSync } from "node:zlib";
import { fetch } from "undici";
import { describe, expect, it } from "vitest";
import { bytesOf } from "./body.ts";
import { createOrigin } from "./origin.ts";

const body = { size: 1000, seed: 1 };

async function bytesAt(url: string, headers: Record<string, string> = {}): Promise<{ status: number; bytes: Buffer }> {
  const response = await fetch(url, { headers });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

describe("an origin", () => {
  it("answers ranges of the representation that If-Range names, and the whole of any other", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/file", { body, etag: '"v1"' });

    const part = await bytesAt(url, { range: "bytes=10-", "if-range": '"v1"' });
    const whole = await bytesAt(url, { range: "bytes=10-", "if-range": '"v0"' });
    const beyond = await fetch(url, { headers: { range: "bytes=1000-" } });

    expect(part).toEqual({ status: 206, bytes: bytesOf(1, 10, 1000) });
    expect(whole).toEqual({ status: 200, bytes: bytesOf(1, 0, 1000) });
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, "bytes */1000"]);
    expect(origin.log.map(({ status, bytesSent }) => [status, bytesSent])).toEqual([
      [206, 990],
      [200, 1000],
      [416, 0],
    ]);
  });

  it("tells the head alone, and ignores Range, when asked with HEAD", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/file", { body });

    const response = await fetch(url, { method: "HEAD", headers: { range: "bytes=10-" } });

    expect([response.status, response.headers.get("content-length")]).toEqual([200, "1000"]);
    expect((await response.arrayBuffer()).byteLength).toBe(0);
  });

  it("serves something else from the moment it is changed", async () => {
    await using origin = await createOrigin();
    const resource = origin.resource("/file", { body });
    const before = await fetch(resource.url);

    resource.change({ body: { size: 1000, seed: 2 } });
    const after = await fetch(resource.url);

    expect(after.headers.get("etag")).not.toBe(before.headers.get("etag"));
    expect(Buffer.from(await after.arrayBuffer())).toEqual(bytesOf(2, 0, 1000));
  });

  it("uses its faults up in order, each as often as it says", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/file", {
      body,
      faults: [
        { type: "status", status: 503, headers: { "retry-after": "1" }, times: 2 },
        { type: "ignore-range" },
        { type: "cut", after: 100, how: "fin" },
      ],
    });
    const statuses: number[] = [];

    for (let count = 0; count < 3; count += 1) {
      statuses.push((await bytesAt(url, { range: "bytes=1-" })).status);
    }
    await expect(bytesAt(url)).rejects.toThrow();
    statuses.push((await bytesAt(url, { range: "bytes=1-" })).status);

    expect(statuses).toEqual([503, 503, 200, 206]);
    expect(origin.log[3]).toMatchObject({ status: 200, bytesSent: 100, ended: "fault" });
  });

  it("ends a body by length, by chunks or by closing, and codes it if it is told to", async () => {
    await using origin = await createOrigin();
    for (const [framing, fields] of [
      ["length", { "content-length": "1000" }],
      ["chunked", { "transfer-encoding": "chunked" }],
      ["close", { connection: "close" }],
    ] as const) {
      const { url } = origin.resource(`/${framing}`, { body, framing });
      const response = await fetch(url);

      expect(Buffer.from(await response.arrayBuffer())).toEqual(bytesOf(1, 0, 1000));
      expect(Object.fromEntries(response.headers)).toMatchObject(fields);
      expect(response.headers.has("content-length")).toBe(framing === "length");
    }
    const { url, representation } = origin.resource("/coded", { body, coding: "gzip" });

    expect((await fetch(url)).headers.get("content-encoding")).toBe("gzip");
    expect(gunzipSync(Buffer.concat([...representation.chunks(0, representation.size)]))).toEqual(bytesOf(1, 0, 1000));
  });

  it("keeps to its rate", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/slow", { body: { size: 20_000, seed: 1 }, bytesPerSecond: 100_000 });
    const started = performance.now();

    await bytesAt(url);

    // The first twentieth of a second goes out at once.
    expect(performance.now() - started).toBeGreaterThan(145);
  });

  it("goes offline at once, in mid-body, and comes back at the same place", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/file", { body: { size: 1e9, seed: 1 }, faults: [{ type: "stall", after: 10 }] });
    const response = await fetch(url);

    await origin.offline();
    await expect(response.arrayBuffer()).rejects.toThrow();
    await expect(fetch(url)).rejects.toThrow();
    await origin.online();

    expect((await bytesAt(url, { range: "bytes=0-9" })).status).toBe(206);
  });
});

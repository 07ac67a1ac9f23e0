import { describe, expect, it } from "vitest";
import type { Ask } from "./ask.ts";
import { inspectPart } from "./partial-response.ts";
import type { Representation } from "./representation.ts";

const etag: Representation = { validator: { kind: "etag", value: '"a"' }, total: 1000, coding: null };
const modified = "Sun, 22 Nov 2026 12:00:00 GMT";
const dated: Representation = { ...etag, validator: { kind: "last-modified", value: modified } };
const ask: Ask = { offset: 500, end: null, stored: etag, nowMs: 0 };
const good = { etag: '"a"', "content-range": "bytes 500-999/1000", "content-length": "500" };

const inspect = (headers: Record<string, string>, changes: Partial<Ask> = {}) =>
  inspectPart({ ...ask, ...changes }, new Headers(headers));

describe("part", () => {
  it("is usable if everything fits", () => {
    expect(inspect(good)).toEqual({
      usable: true,
      range: { start: 500, end: 1000, total: 1000 },
      representation: etag,
    });
  });

  it("BF-6: needs no Last-Modified if the ETag is the same", () => {
    expect(inspect({ ...good, "last-modified": modified }).usable).toBe(true);
    expect(inspect(good).usable).toBe(true);
  });

  it("A18: is usable under the same Last-Modified, also without a Date", () => {
    const { etag: _, ...rest } = good;

    expect(inspect({ ...rest, "last-modified": modified }, { stored: dated }).usable).toBe(true);
  });

  it("A6: keeps the known total where the part does not say it", () => {
    expect(inspect({ ...good, "content-range": "bytes 500-999/*" })).toMatchObject({ representation: { total: 1000 } });
  });

  it("learns the total from the part", () => {
    expect(inspect(good, { stored: { ...etag, total: null } })).toMatchObject({ representation: { total: 1000 } });
  });

  it("A4, A13: may end before the end asked for", () => {
    const headers = { etag: '"a"', "content-range": "bytes 500-500/1000" };

    expect(inspect(headers)).toMatchObject({ usable: true, range: { end: 501 } });
  });

  it("A3: may begin early, because what comes first is stored", () => {
    const headers = { etag: '"a"', "content-range": "bytes 0-999/1000" };

    expect(inspect(headers)).toMatchObject({ usable: true, range: { start: 0 } });
  });

  it("says what it belongs to if nothing is stored and it begins at 0", () => {
    const headers = { etag: '"b"', "content-range": "bytes 0-99/1000" };

    expect(inspect(headers, { offset: 0, end: 100, stored: null })).toMatchObject({
      usable: true,
      representation: { validator: { kind: "etag", value: '"b"' }, total: 1000 },
    });
  });

  it.each([
    ["A3: begins after the byte asked for", { "content-range": "bytes 501-999/1000", "content-length": "499" }],
    ["A3: ends before the byte asked for", { "content-range": "bytes 0-499/1000" }],
    ["A5, BF-5: has another total", { "content-range": "bytes 500-999/1001" }],
    ["A8: has last before first", { "content-range": "bytes 500-499/1000" }],
    ["A9: has another unit", { "content-range": "lines 500-999/1000" }],
    ["A10: has two Content-Ranges", { "content-range": "bytes 500-999/1000, bytes 0-9/1000" }],
    ["A7: has the Content-Range of a 416", { "content-range": "bytes */1000" }],
    ["A11: is multipart", { "content-type": "Multipart/ByteRanges; boundary=x" }],
    ["A12: is longer than its range", { "content-length": "501" }],
    ["A13: is shorter than its range", { "content-length": "499" }],
    ["A15, BF-3: has another ETag", { etag: '"b"' }],
    ["A17, BF-4: has the ETag made weak", { etag: 'W/"a"' }],
    ["B12, BF-10: has a content coding", { "content-encoding": "gzip" }],
  ])("is useless if it %s", (_, changes) => {
    expect(inspect({ ...good, ...changes }).usable).toBe(false);
  });

  it("A7: is useless without a Content-Range", () => {
    expect(inspect({ etag: '"a"' }).usable).toBe(false);
  });

  it("A21: is useless without the validator, which a server must repeat", () => {
    expect(inspect({ "content-range": "bytes 500-999/1000" }).usable).toBe(false);
    expect(inspect(good, { stored: dated }).usable).toBe(false);
  });

  it.each([
    ["A20: under no validator", { ...etag, validator: null }],
    ["B12: with a coding", { ...etag, coding: "gzip" }],
    ["as nothing", null],
  ])("is useless if the bytes are stored %s", (_, stored) => {
    expect(inspect(good, { stored }).usable).toBe(false);
  });
});

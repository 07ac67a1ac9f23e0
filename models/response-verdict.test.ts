import { describe, expect, it } from "vitest";
import type { Representation } from "./representation.ts";
import { type Ask, judgeResponse } from "./response-verdict.ts";

const stored: Representation = { validator: { kind: "etag", value: '"a"' }, total: 1000, coding: null };
const whole: Ask = { offset: 0, end: null, stored: null, nowMs: 0 };
const rest: Ask = { offset: 500, end: null, stored, nowMs: 0 };
const part = { etag: '"a"', "content-range": "bytes 500-999/1000" };

const judge = (ask: Ask, status: number, headers: Record<string, string> = {}) =>
  judgeResponse(ask, status, new Headers(headers));

describe("answer to a request for everything", () => {
  it("begins a generation", () => {
    expect(judge(whole, 200, { etag: '"a"', "content-length": "1000" })).toEqual({
      type: "restart",
      length: 1000,
      representation: stored,
      because: "Nothing was stored",
    });
  });

  it("B11: may have no bytes", () => {
    expect(judge(whole, 200, { "content-length": "0" })).toMatchObject({ type: "restart", length: 0 });
  });

  it("B12: remembers the coding that makes it impossible to resume", () => {
    const verdict = judge(whole, 200, { etag: '"a"', "content-encoding": "gzip" });

    expect(verdict).toMatchObject({ type: "restart", representation: { coding: "gzip" } });
  });

  it("has its length from Content-Length, whatever a Content-Range says that means nothing in a 200", () => {
    expect(judge(whole, 200, { "content-length": "9", "content-range": "bytes 5-9/10" })).toMatchObject({ length: 9 });
  });

  it.each([
    ["B7: differing lengths", 200, { "content-length": "5, 6" }, "invalid-length", true],
    ["an unsolicited 206", 206, part, "unsolicited-part", true],
    ["C11: 204", 204, {}, "empty-answer", false],
    ["C11: 205", 205, {}, "empty-answer", false],
    ["C12: 202", 202, {}, "accepted-only", true],
    ["A28: 304", 304, {}, "not-modified", true],
    ["C9: 404", 404, { "content-length": "5" }, "status", false],
    ["C4: 503", 503, {}, "status", true],
    ["A25: 416 to no range", 416, { "content-range": "bytes */5" }, "status", false],
    ["A27: 412 to no condition", 412, {}, "status", false],
    ["D9: 300", 300, { location: "/x" }, "status", false],
    ["D8: 302 to nowhere", 302, {}, "status", false],
    ["D8: 302 to an empty location", 302, { location: "" }, "status", false],
    ["B23: 101", 101, {}, "malformed", true],
    ["a status that is none", 600, {}, "malformed", true],
  ])("%s is a failure", (_, status, headers, code, retryable) => {
    expect(judge(whole, status, headers)).toMatchObject({ type: "failed", failure: { code, retryable } });
  });

  it("C1: a failure carries the Retry-After", () => {
    expect(judge(whole, 429, { "retry-after": "7" })).toMatchObject({ failure: { retryAfterMs: 7000, status: 429 } });
  });

  it.each([301, 302, 303, 307, 308])("D1: %d with a location is a redirect", (status) => {
    expect(judge(rest, status, { location: "/next" })).toEqual({ type: "redirect", location: "/next" });
  });
});

describe("206 to a range", () => {
  it("goes on behind the stored bytes", () => {
    expect(judge(rest, 206, part)).toEqual({
      type: "append",
      offset: 500,
      skip: 0,
      length: 500,
      representation: stored,
    });
  });

  it("A3: drops what is stored already, if it begins early", () => {
    expect(judge(rest, 206, { etag: '"a"', "content-range": "bytes 400-999/1000" })).toMatchObject({
      type: "append",
      offset: 500,
      skip: 100,
      length: 600,
    });
  });

  it("begins a generation if nothing is stored", () => {
    const first: Ask = { ...whole, end: 100 };

    expect(judge(first, 206, { etag: '"a"', "content-range": "bytes 0-99/1000" })).toMatchObject({
      type: "restart",
      length: 100,
      representation: stored,
    });
  });

  it("A15: of another representation makes us ask for everything", () => {
    expect(judge(rest, 206, { ...part, etag: '"b"' })).toEqual({
      type: "ask-again-whole",
      because: "The part belongs to another representation",
    });
  });

  it("B7: under differing lengths is a failure", () => {
    expect(judge(rest, 206, { ...part, "content-length": "500, 501" })).toMatchObject({
      failure: { code: "invalid-length" },
    });
  });
});

describe("200 to a range", () => {
  it("A1 A22 goes on under the same ETag, behind what is stored already", () => {
    expect(judge(rest, 200, { etag: '"a"', "content-length": "1000" })).toEqual({
      type: "append",
      offset: 500,
      skip: 500,
      length: 1000,
      representation: stored,
    });
  });

  it("A33 restarts under the same ETag if the length is another one", () => {
    const unknown = { ...rest, stored: { ...stored, total: null } };

    expect(judge(rest, 200, { etag: '"a"', "content-length": "1001" })).toMatchObject({ type: "restart" });
    expect(judge(unknown, 200, { etag: '"a"', "content-length": "499" })).toMatchObject({ type: "restart" });
    expect(judge(unknown, 200, { etag: '"a"', "content-length": "501" })).toMatchObject({ type: "append" });
  });

  it.each([{ etag: '"b"' }, { etag: 'W/"a"' }, {}])(
    "A2, A14: restarts under another or no validator (%j)",
    (headers) => {
      expect(judge(rest, 200, headers)).toMatchObject({
        type: "restart",
        representation: { total: null },
        because: "The server has another representation now",
      });
    },
  );

  it("A34: still expects the known total of the same representation, although the body promises no length", () => {
    expect(judge(rest, 200, { etag: '"a"' })).toMatchObject({ length: null, representation: { total: 1000 } });
  });

  it("A34, B12: does not expect it of a body with another coding", () => {
    expect(judge(rest, 200, { etag: '"a"', "content-encoding": "gzip" })).toMatchObject({
      representation: { total: null, coding: "gzip" },
    });
  });
});

describe("416 to a range", () => {
  const end: Ask = { ...rest, offset: 1000 };

  it("A23, BF-7: means complete if the stored bytes end where the same representation does", () => {
    const unknown = { ...end, stored: { ...stored, total: null } };

    expect(judge(end, 416, { "content-range": "bytes */1000", etag: '"a"' })).toEqual({
      type: "complete",
      total: 1000,
    });
    expect(judge(unknown, 416, { "content-range": "bytes */1000", etag: '"a"' })).toEqual({
      type: "complete",
      total: 1000,
    });
  });

  it("A23: means complete without a validator if the total was known before", () => {
    expect(judge(end, 416, { "content-range": "bytes */1000" })).toEqual({ type: "complete", total: 1000 });
  });

  it.each<[string, Ask, Record<string, string>]>([
    ["A23: another validator", end, { "content-range": "bytes */1000", etag: '"b"' }],
    [
      "A23: neither validator nor total",
      { ...end, stored: { ...stored, total: null } },
      { "content-range": "bytes */1000" },
    ],
    [
      "A23: a coding",
      { ...end, stored: { ...stored, total: null, coding: "gzip" } },
      { "content-range": "bytes */1000", etag: '"a"' },
    ],
    ["A24: a smaller file", end, { "content-range": "bytes */999", etag: '"a"' }],
    ["A25: a larger file", end, { "content-range": "bytes */1001", etag: '"a"' }],
    ["A25: no Content-Range", end, { etag: '"a"' }],
    ["A25: an invalid Content-Range", end, { "content-range": "bytes 0-999/1000", etag: '"a"' }],
    ["another total than the known one", rest, { "content-range": "bytes */500", etag: '"a"' }],
    [
      "a segment, which says nothing of the others",
      { ...end, end: 2000 },
      { "content-range": "bytes */1000", etag: '"a"' },
    ],
    ["nothing stored", { ...end, stored: null }, { "content-range": "bytes */1000", etag: '"a"' }],
  ])("%s makes us ask for everything", (_, ask, headers) => {
    expect(judge(ask, 416, headers)).toMatchObject({ type: "ask-again-whole" });
  });
});

describe("other answers to a range", () => {
  it("A27: 412 makes us ask for everything", () => {
    expect(judge(rest, 412)).toMatchObject({ type: "ask-again-whole" });
  });

  it("C9, C10: an error page leaves the stored bytes alone", () => {
    expect(judge(rest, 404, part)).toMatchObject({ type: "failed", failure: { status: 404, retryable: false } });
    expect(judge(rest, 500, part)).toMatchObject({ type: "failed", failure: { status: 500, retryable: true } });
  });
});

describe("answer to an upload", () => {
  it.each([200, 201, 202, 204, 205])("%d is a success", (status) => {
    expect(judge({ ...whole, method: "POST" }, status)).toMatchObject({ type: "restart" });
  });

  it("has no body to wait for if its status forbids one, nor has the answer to HEAD", () => {
    expect(judge({ ...whole, method: "PUT" }, 204)).toMatchObject({ length: 0, representation: { total: 0 } });
    expect(judge({ ...whole, method: "HEAD" }, 200, { "content-length": "5" })).toMatchObject({ length: 0 });
  });
});

import { describe, expect, it } from "vitest";
import { contentLength, isResumable, representationOf } from "./representation.ts";

const lengthOf = (...values: readonly string[]): number | null | "invalid" => {
  const headers = new Headers();
  for (const value of values) headers.append("content-length", value);
  return contentLength(headers);
};

describe("Content-Length", () => {
  it("reads one number", () => {
    expect(lengthOf("0")).toBe(0);
    expect(lengthOf("9007199254740991")).toBe(Number.MAX_SAFE_INTEGER);
  });

  it("is unknown where the head promises nothing", () => {
    expect(lengthOf()).toBeNull();
  });

  it("B7: takes equal values for one", () => {
    expect(lengthOf("400", "400")).toBe(400);
    expect(lengthOf("400,400")).toBe(400);
  });

  it.each([
    ["400", "401"],
    ["-1"],
    ["+5"],
    ["0x10"],
    ["1e3"],
    ["1.0"],
    [""],
    ["4,"],
    ["4 4"],
    ["9007199254740993"],
    ["18446744073709551616"],
  ])("B7: finds %j %j invalid", (...values) => {
    expect(lengthOf(...values.filter((value) => value !== undefined))).toBe("invalid");
  });

  it("B6: is overruled by a transfer coding", () => {
    expect(contentLength(new Headers({ "content-length": "5", "transfer-encoding": "chunked" }))).toBeNull();
  });
});

describe("representation", () => {
  it("takes its total from Content-Length, but that of a part from Content-Range", () => {
    const headers = new Headers({ "content-length": "5", "content-range": "bytes 5-9/10" });

    expect(representationOf(200, headers).total).toBe(5);
    expect(representationOf(206, headers).total).toBe(10);
  });

  it("A6: has no total where the part does not know it", () => {
    expect(
      representationOf(206, new Headers({ "content-length": "5", "content-range": "bytes 5-9/*" })).total,
    ).toBeNull();
  });

  it("B7: has no total under an invalid length", () => {
    expect(representationOf(200, new Headers({ "content-length": "5, 6" })).total).toBeNull();
  });

  it.each([
    ["", null],
    ["identity", null],
    ["Gzip", "gzip"],
    ["identity, gzip ,br", "gzip, br"],
  ])("names the coding of %j %j", (value, coding) => {
    expect(representationOf(200, new Headers({ "content-encoding": value })).coding).toBe(coding);
  });

  it("B12: can be resumed only with a validator and without a coding", () => {
    const strong = { etag: '"a"' };

    expect(isResumable(representationOf(200, new Headers(strong)))).toBe(true);
    expect(isResumable(representationOf(200, new Headers({ ...strong, "content-encoding": "gzip" })))).toBe(false);
    expect(isResumable(representationOf(200, new Headers()))).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import { ifRangeHolds, readRange } from "./range-header.ts";

describe("a Range field", () => {
  const whole = { type: "whole" };
  const unsatisfiable = { type: "unsatisfiable" };
  const part = (start: number, end: number): object => ({ type: "part", start, end });
  for (const [field, expected] of [
    [undefined, whole],
    ["bytes=0-", part(0, 100)],
    ["bytes=10-19", part(10, 20)],
    ["Bytes=10-19", part(10, 20)],
    ["bytes=90-999", part(90, 100)],
    ["bytes=99-", part(99, 100)],
    ["bytes=-10", part(90, 100)],
    ["bytes=-999", part(0, 100)],
    ["bytes=100-", unsatisfiable],
    ["bytes=-0", unsatisfiable],
    ["bytes=20-10", whole],
    ["bytes=-", whole],
    ["bytes=1-2,5-6", whole],
    ["lines=1-2", whole],
  ] as const) {
    it(`${field ?? "that is absent"} of 100 bytes asks for ${JSON.stringify(expected)}`, () => {
      expect(readRange(field, 100)).toEqual(expected);
    });
  }

  it("asks for nothing that an empty body could give", () => {
    expect(readRange("bytes=0-", 0)).toEqual(unsatisfiable);
  });
});

describe("an If-Range field", () => {
  const lastModified = "Sun, 06 Nov 1994 08:49:37 GMT";
  for (const [field, holds] of [
    [undefined, true],
    ['"a"', true],
    ['"b"', false],
    ['W/"a"', false],
    [lastModified, true],
    ["Sun, 06 Nov 1994 08:49:38 GMT", false],
  ] as const) {
    it(`${field ?? "that is absent"} ${holds ? "holds" : "does not hold"}`, () => {
      expect(ifRangeHolds(field, { etag: '"a"', lastModified })).toBe(holds);
    });
  }

  it("never holds with a weak ETag, even the same one", () => {
    expect(ifRangeHolds('W/"a"', { etag: 'W/"a"' })).toBe(false);
  });
});

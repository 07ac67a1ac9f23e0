import { describe, expect, it } from "vitest";
import { formatRangeHeader, parseContentRange } from "./content-range.ts";

describe("Content-Range", () => {
  it.each([
    ["bytes 0-9/10", { start: 0, end: 10, total: 10 }],
    ["bytes 5-5/10", { start: 5, end: 6, total: 10 }],
    ["BYTES 0-9/*", { start: 0, end: 10, total: null }],
    [
      "bytes 9007199254740989-9007199254740990/9007199254740991",
      { start: 2 ** 53 - 3, end: 2 ** 53 - 1, total: 2 ** 53 - 1 },
    ],
  ])("reads %j with an exclusive end", (value, range) => {
    expect(parseContentRange(value)).toEqual({ kind: "satisfied", range });
  });

  it("reads the form of a 416", () => {
    expect(parseContentRange("bytes */10")).toEqual({ kind: "unsatisfied", total: 10 });
  });

  it.each([
    ["BF-2: the grammar of the Background Fetch draft", "bytes=0-9/10"],
    ["A8: last before first", "bytes 9-0/10"],
    ["A8: total not above last", "bytes 0-10/10"],
    ["A9: another unit", "lines 0-9/10"],
    ["A9: a longer unit", "kilobytes 0-9/10"],
    ["A10: two values joined", "bytes 0-9/10, bytes 0-9/10"],
    ["A10: a list of ranges", "bytes 0-1,3-4/10"],
    ["A10: a sign", "bytes +0-9/10"],
    ["A10: a negative", "bytes -5-9/10"],
    ["A10: an exponent", "bytes 0-9/1e3"],
    ["A10: other digits", "bytes 0-٩/10"],
    ["A10: hexadecimal", "bytes 0x0-0x9/10"],
    ["A10: a total above 2^53-1", "bytes 0-9/9007199254740993"],
    ["A10: a last above 2^53-1", "bytes 0-9007199254740991/*"],
    ["A10: above 2^63", "bytes 9223372036854775808-9223372036854775809/*"],
    ["no total", "bytes 0-9"],
    ["neither range nor total", "bytes */*"],
    ["open range", "bytes 0-/10"],
    ["two spaces", "bytes  0-9/10"],
    ["inner space", "bytes 0 - 9/10"],
    ["trailing line", "bytes 0-9/10\n"],
    ["nothing", ""],
  ])("refuses %s", (_, value) => {
    expect(parseContentRange(value)).toBeNull();
  });

  it("asks with an inclusive end, or with none", () => {
    expect(formatRangeHeader(5, null)).toBe("bytes=5-");
    expect(formatRangeHeader(5, 10)).toBe("bytes=5-9");
  });
});

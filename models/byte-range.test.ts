import { describe, expect, it } from "vitest";
import { addRange, contiguousFrom, coveredLength, covers, missingRanges, subtractRange } from "./byte-range.ts";

const two = [
  { start: 10, end: 20 },
  { start: 30, end: 40 },
];

describe("byte ranges", () => {
  it.each([
    [
      "joins a range that touches",
      { start: 20, end: 25 },
      [
        { start: 10, end: 25 },
        { start: 30, end: 40 },
      ],
    ],
    ["fills a gap and leaves one range", { start: 20, end: 30 }, [{ start: 10, end: 40 }]],
    ["keeps a range apart that does not touch", { start: 22, end: 28 }, [two[0], { start: 22, end: 28 }, two[1]]],
    ["changes nothing for bytes it has", { start: 12, end: 18 }, two],
    ["changes nothing for an empty range", { start: 25, end: 25 }, two],
    ["swallows every range inside", { start: 0, end: 99 }, [{ start: 0, end: 99 }]],
    ["lets no byte be claimed by a range that is no number", { start: 0, end: Number.NaN }, two],
  ])("adding %s", (_, range, expected) => {
    expect(addRange(two, range)).toEqual(expected);
  });

  it("subtracting from the middle leaves both sides", () => {
    expect(subtractRange([{ start: 0, end: 10 }], { start: 4, end: 6 })).toEqual([
      { start: 0, end: 4 },
      { start: 6, end: 10 },
    ]);
  });

  it("subtracting everything leaves nothing", () => {
    expect(subtractRange(two, { start: 0, end: 40 })).toEqual([]);
  });

  it("misses what is before, between and after, and nothing past the total", () => {
    expect(missingRanges(two, 50)).toEqual([
      { start: 0, end: 10 },
      { start: 20, end: 30 },
      { start: 40, end: 50 },
    ]);
    expect(missingRanges(two, 15)).toEqual([{ start: 0, end: 10 }]);
    expect(missingRanges([], 0)).toEqual([]);
  });

  it("counts the bytes it holds", () => {
    expect(coveredLength(two)).toBe(20);
    expect(coveredLength([])).toBe(0);
  });

  it("runs on to the end of the range that an offset stands in, and no further", () => {
    expect(contiguousFrom(two, 10)).toBe(20);
    expect(contiguousFrom(two, 19)).toBe(20);
    expect(contiguousFrom(two, 20)).toBe(20);
    expect(contiguousFrom(two, 0)).toBe(0);
  });

  it("covers a range only if every byte is there", () => {
    expect(covers(two, { start: 12, end: 20 })).toBe(true);
    expect(covers(two, { start: 12, end: 31 })).toBe(false);
    expect(covers(two, { start: 25, end: 25 })).toBe(true);
  });
});

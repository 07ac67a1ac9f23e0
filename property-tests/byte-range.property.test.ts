import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addRange,
  type ByteRange,
  type ByteRanges,
  contiguousFrom,
  coveredLength,
  covers,
  missingRanges,
  subtractRange,
} from "../models/byte-range.ts";
import { byteRange } from "./arbitraries/byte-range.ts";

const size = 24;
const step = fc.record({ add: fc.boolean(), range: byteRange(size) });

/** The obvious set: one flag per byte. */
function within({ start, end }: ByteRange, byte: number): boolean {
  return start <= byte && byte < end;
}

function build(steps: readonly { readonly add: boolean; readonly range: ByteRange }[]) {
  const bytes = Array.from({ length: size }, () => false);
  let set: ByteRanges = [];
  for (const { add, range } of steps) {
    set = add ? addRange(set, range) : subtractRange(set, range);
    for (const byte of bytes.keys()) if (within(range, byte)) bytes[byte] = add;
  }
  return { set, bytes };
}

/** Mutants: `<=` for `<` in `before` (adjacent ranges stay apart); `Math.max(start, range.start)` in subtractRange. */
describe("byte ranges", () => {
  it("hold exactly the bytes of a set of flags, sorted, disjoint, apart and never empty", () => {
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const { set, bytes } = build(steps);

        expect(bytes.map((_, byte) => set.some((range) => within(range, byte)))).toEqual(bytes);
        set.forEach(({ start, end }, index) => {
          expect(start).toBeLessThan(end);
          expect(start).toBeGreaterThan(set[index - 1]?.end ?? -1);
        });
      }),
    );
  });

  it("answer as the flags do", () => {
    fc.assert(
      fc.property(fc.array(step), byteRange(size), fc.nat({ max: size }), (steps, asked, total) => {
        const { set, bytes } = build(steps);
        const indices = [...bytes.keys()];
        const missing = missingRanges(set, total);
        const gap = indices.find((byte) => byte >= asked.start && !bytes[byte]) ?? size;

        expect(coveredLength(set)).toBe(bytes.filter(Boolean).length);
        expect(covers(set, asked)).toBe(indices.every((byte) => !within(asked, byte) || bytes[byte]));
        expect(contiguousFrom(set, asked.start)).toBe(asked.start < size ? gap : asked.start);
        expect(indices.map((byte) => missing.some((range) => within(range, byte)))).toEqual(
          indices.map((byte) => byte < total && !bytes[byte]),
        );
      }),
    );
  });

  it("do not remember the order in which they came", () => {
    const shuffled = fc
      .array(byteRange(size))
      .chain((ranges) => fc.tuple(fc.constant(ranges), fc.shuffledSubarray(ranges, { minLength: ranges.length })));
    const sum = (ranges: readonly ByteRange[]) => ranges.reduce<ByteRanges>(addRange, []);

    fc.assert(
      fc.property(shuffled, ([ranges, others]) => {
        expect(sum(ranges)).toEqual(sum(others));
      }),
    );
  });
});

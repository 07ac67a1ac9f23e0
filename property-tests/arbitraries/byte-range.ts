import fc from "fast-check";
import type { ByteRange } from "../../models/byte-range.ts";

/** Ranges within `[0, size)`, one in a few of them empty or turned round. */
export function byteRange(size: number): fc.Arbitrary<ByteRange> {
  const position = fc.nat({ max: size });
  return fc.oneof(
    { weight: 1, arbitrary: fc.record({ start: position, end: position }) },
    {
      weight: 4,
      arbitrary: fc.tuple(position, position).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) })),
    },
  );
}

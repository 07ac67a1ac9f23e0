import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeWith } from "./write-all.ts";

describe("writeAll", () => {
  // Mutants: without the loop a short write loses bytes; with `first` for `first.subarray(gone)` it repeats some.
  it("F5 puts every byte where it belongs, however few the system takes at a time", async () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 9 });
    const takes = fc.infiniteStream(fc.integer({ min: 1, max: 7 }));

    await fc.assert(
      fc.asyncProperty(chunks, takes, fc.nat({ max: 5 }), async (given, take, offset) => {
        const file: number[] = [];
        await writeWith(
          (rest, position) => {
            const bytes = rest.flatMap((chunk) => [...chunk]).slice(0, take.next().value ?? 1);
            bytes.forEach((byte, index) => {
              file[position + index] = byte;
            });
            return bytes.length;
          },
          given,
          offset,
        );

        expect(file.slice(offset)).toEqual(given.flatMap((chunk) => [...chunk]));
      }),
    );
  });
});

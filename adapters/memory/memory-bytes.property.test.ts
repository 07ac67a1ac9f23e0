import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemoryBytes } from "./memory-bytes.ts";

describe("memory bytes", () => {
  // Mutant: without the `fill` in `resize`, bytes cut off come back when the run grows.
  it("hold what a plain array would", () => {
    const step = fc.oneof(
      fc.record({ offset: fc.nat({ max: 40 }), chunk: fc.uint8Array({ maxLength: 20 }) }),
      fc.record({ length: fc.nat({ max: 60 }) }),
    );

    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const bytes = new MemoryBytes();
        let model: number[] = [];
        const grow = (length: number) => [...model, ...Array<number>(Math.max(0, length - model.length)).fill(0)];
        for (const one of steps) {
          if ("length" in one) {
            bytes.resize(one.length);
            model = grow(one.length).slice(0, one.length);
          } else if (one.chunk.byteLength > 0) {
            bytes.set(one.offset, one.chunk);
            model = grow(one.offset + one.chunk.byteLength);
            model.splice(one.offset, one.chunk.byteLength, ...one.chunk);
          }
          expect([...bytes.copy(0, bytes.length)]).toEqual(model);
        }
      }),
    );
  });
});

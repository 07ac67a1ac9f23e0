import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, chunksOf, sha256Of } from "./body.ts";

const MiB = 1024 * 1024;

describe("the body of a seed", () => {
  it("has the same bytes however it is cut", () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(4 * MiB), fc.nat(2 * MiB), fc.nat(2 * MiB), (seed, start, first, second) => {
        const middle = start + first;
        const end = middle + second;
        const whole = bytesOf(seed, start, end);
        const parts = Buffer.concat([bytesOf(seed, start, middle), bytesOf(seed, middle, end)]);
        return whole.byteLength === first + second && whole.equals(parts);
      }),
      { numRuns: 30 },
    );
  });

  // Mutant: leave the rotation out. A MiB that is missing or doubled would look right.
  it("repeats no MiB, nor another seed's", () => {
    const seen = new Set<string>();
    for (const seed of [0, 1, 2]) {
      for (let block = 0; block < 40; block += 1) {
        seen.add(
          createHash("sha256")
            .update(bytesOf(seed, block * MiB, block * MiB + 64))
            .digest("hex"),
        );
      }
    }

    expect(seen.size).toBe(120);
  });

  it("has the digest of its bytes", () => {
    const digest = createHash("sha256")
      .update(bytesOf(5, 0, 3 * MiB + 17))
      .digest("hex");

    expect(sha256Of(5, 3 * MiB + 17)).toBe(digest);
  });

  it("costs no copy", () => {
    const [one] = chunksOf(9, 10, 20);
    const [two] = chunksOf(9, 10, 20);

    expect(one?.buffer).toBe(two?.buffer);
  });
});

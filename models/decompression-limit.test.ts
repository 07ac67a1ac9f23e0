import { describe, expect, it } from "vitest";
import { isBomb } from "./decompression-limit.ts";

const MiB = 1024 * 1024;

describe("decompression limit", () => {
  /** Catches: the ratio alone, which a short page of blanks exceeds; the length alone; >= for >. */
  it.each([
    { claim: "lets 10 MiB be, whatever they came from", coded: 1, decoded: 10 * MiB, bomb: false },
    { claim: "refuses the next byte", coded: 1, decoded: 10 * MiB + 1, bomb: true },
    { claim: "lets a hundredfold be", coded: MiB, decoded: 100 * MiB, bomb: false },
    { claim: "refuses more than a hundredfold", coded: MiB, decoded: 100 * MiB + 1, bomb: true },
    { claim: "lets an ordinary body be, however long", coded: 2 ** 40, decoded: 2 ** 43, bomb: false },
    { claim: "refuses what came from nothing", coded: 0, decoded: 11 * MiB, bomb: true },
    { claim: "lets nothing be", coded: 0, decoded: 0, bomb: false },
  ])("B16 $claim", ({ coded, decoded, bomb }) => {
    expect(isBomb(coded, decoded)).toBe(bomb);
  });
});

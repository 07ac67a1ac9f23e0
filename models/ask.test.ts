import { describe, expect, it } from "vitest";
import { isRanged } from "./ask.ts";

describe("ask", () => {
  it.each([
    [0, null, false],
    [1, null, true],
    [0, 10, true],
    [5, 10, true],
  ])("from %d to %j has a Range header: %j", (offset, end, ranged) => {
    expect(isRanged({ offset, end, stored: null })).toBe(ranged);
  });
});

import { describe, expect, it } from "vitest";
import { CryptoRandom } from "../adapters/memory/index.ts";
import { createBodyIds } from "./body-ids.ts";

describe("body ids", () => {
  it("are 32 hexadecimal digits, never the same, and come in bursts under one prefix", () => {
    const next = createBodyIds(new CryptoRandom());

    const ids = Array.from({ length: 2_000 }, () => next());

    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(2_000);
    expect(new Set(ids.map((id) => id.slice(0, 2))).size).toBeLessThanOrEqual(9);
  });
});

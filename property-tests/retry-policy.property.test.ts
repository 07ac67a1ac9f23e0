import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { retryDelay } from "../models/retry-policy.ts";

const policy = fc.record({
  limit: fc.nat(),
  minDelayMs: fc.nat({ max: 10_000 }),
  maxDelayMs: fc.integer({ min: 100, max: 600_000 }),
});
const attempt = fc.integer({ min: 1, max: 10_000 });
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const dayMs = 86_400_000;

/** Mutants seen to fail here: `Math.min` of Retry-After and maxDelayMs; no least delay, in either of its two places. */
describe("retry delay", () => {
  it("is a whole number of ms between a tenth of a second and the policy's ceiling", () => {
    fc.assert(
      fc.property(policy, attempt, chance, (plan, n, x) => {
        const delay = retryDelay(plan, n, x, null);

        expect(Number.isSafeInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(100);
        expect(delay).toBeLessThanOrEqual(plan.maxDelayMs);
      }),
    );
  });

  it("is never shorter than a Retry-After", () => {
    fc.assert(
      fc.property(policy, attempt, chance, fc.nat({ max: dayMs }), (plan, n, x, retryAfterMs) => {
        const delay = retryDelay(plan, n, x, retryAfterMs);

        expect(delay).toBeGreaterThanOrEqual(Math.max(retryAfterMs, 100));
        if (retryAfterMs >= plan.minDelayMs) expect(delay).toBeLessThanOrEqual(Math.max(retryAfterMs * 1.1, 100));
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { defaultRetryPolicy, isRealProgress, retryDelay } from "./retry-policy.ts";

const almostOne = 1 - Number.EPSILON;

describe("retry delay", () => {
  it("C4: may take any time up to a ceiling that doubles", () => {
    const latest = [1, 2, 3, 7, 8, 9].map((attempt) => retryDelay(defaultRetryPolicy, attempt, almostOne, null));

    expect(latest).toEqual([499, 999, 1999, 29_999, 29_999, 29_999]);
  });

  it("C3: is never shorter than a tenth of a second, so that nothing loops hot", () => {
    expect(retryDelay(defaultRetryPolicy, 1, 0, null)).toBe(100);
    expect(retryDelay(defaultRetryPolicy, 1, 0, 0)).toBe(100);
    expect(retryDelay({ ...defaultRetryPolicy, minDelayMs: 0 }, 1, 0, 0)).toBe(100);
  });

  it("C3: backs off as ever when a server says 0 for ever", () => {
    expect(retryDelay(defaultRetryPolicy, 8, 0.5, 0)).toBe(15_000);
  });

  it("C1: keeps to Retry-After, never early, at most a tenth late", () => {
    expect(retryDelay(defaultRetryPolicy, 1, 0, 120_000)).toBe(120_000);
    expect(retryDelay(defaultRetryPolicy, 9, almostOne, 120_000)).toBe(131_999);
  });

  it("C1: keeps to a Retry-After beyond its own ceiling", () => {
    expect(retryDelay(defaultRetryPolicy, 1, 0, 86_400_000)).toBe(86_400_000);
  });

  it("is a number for any attempt of any policy", () => {
    expect(retryDelay(defaultRetryPolicy, 5000, 0.5, null)).toBe(15_000);
    expect(retryDelay({ limit: 1, minDelayMs: 0, maxDelayMs: 0 }, 5000, 0.5, null)).toBe(0);
  });
});

describe("real progress (P4, C17)", () => {
  it.each([
    [256 * 1024, null, true],
    [256 * 1024 - 1, null, false],
    [256 * 1024, 2 ** 40, true],
    [10, 1000, true],
    [9, 1000, false],
    [0, 0, false],
    [0, 1000, false],
    [-5, -5, false],
  ])("%d bytes of %j: %j", (gained, total, real) => {
    expect(isRealProgress(gained, total)).toBe(real);
  });
});

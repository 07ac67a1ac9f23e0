import { describe, expect, it } from "vitest";
import { createSpeedWatch } from "./speed-watch.ts";

function watched(bytesPerSecond = 1_024) {
  let now = 0;
  const clock = { now: () => now, setTimeout: () => 0, clearTimeout: () => undefined };
  const watch = createSpeedWatch(clock, { bytesPerSecond, overMs: 60_000 });
  return {
    /** `ms` of waiting bring so many bytes; `idle` ms pass before anybody waits again. */
    come(bytes: number, ms: number, idle = 0): boolean {
      watch.wait();
      now += ms;
      const slow = watch.note(bytes);
      now += idle;
      return slow;
    },
  };
}

describe("a connection's speed", () => {
  it("C16 is too low when a byte comes every half minute, and not before a minute has been waited", () => {
    const { come } = watched();

    expect([come(1, 30_000), come(1, 29_999), come(1, 30_000)]).toEqual([false, false, true]);
  });

  // Mutant: count all time.
  it("C16 does not count the time in which nobody waited", () => {
    const { come } = watched();

    expect([come(1, 10, 3_600_000), come(1, 10, 3_600_000), come(1, 10)]).toEqual([false, false, false]);
  });

  it("C16 is measured over each minute anew", () => {
    const { come } = watched();

    expect(come(1_000_000, 60_000)).toBe(false);
    expect(come(1, 60_000)).toBe(true);
  });

  it("C16 is never too low for who puts up with everything, nor by a clock that was put back", () => {
    expect(watched(0).come(0, 120_000)).toBe(false);
    expect(watched().come(0, -120_000)).toBe(false);
  });
});

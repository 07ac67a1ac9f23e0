import { expect, it } from "vitest";
import { createRateWindow } from "./rate-window.ts";

it("does not tell a rate from one count, nor from counts close together", () => {
  const window = createRateWindow();

  window.add(1_000, 0);
  window.add(2_000, 100);

  expect(window.rate(100)).toBeNull();
});

// Mutant: an average over everything would still say 1,000 at the end.
it("tells the rate of the last seconds, not of all time", () => {
  const window = createRateWindow(5_000);

  for (let at = 0; at <= 60_000; at += 1_000) window.add(at, at);
  for (let at = 61_000; at <= 70_000; at += 1_000) window.add(60_000 + (at - 60_000) * 3, at);

  expect(window.rate(70_000)).toBe(3_000);
});

it("falls while nothing comes, to nothing", () => {
  const window = createRateWindow(5_000);

  window.add(0, 0);
  window.add(4_000, 1_000);

  expect([1_000, 2_000, 4_000, 6_000].map((now) => window.rate(now))).toEqual([4_000, 2_000, 1_000, 0]);
});

it("begins anew when a count falls, because a response was restarted", () => {
  const window = createRateWindow();

  window.add(0, 0);
  window.add(9_000, 1_000);
  window.add(100, 2_000);
  window.add(1_100, 3_000);

  expect(window.rate(3_000)).toBe(1_000);
});

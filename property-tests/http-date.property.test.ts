import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseHttpDate } from "../models/http-date.ts";

const second = 1000;
const day = 86_400 * second;
const years = { min: -62_167_219_200, max: 253_402_300_799 };
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (n: number): string => String(n).padStart(2, "0");

/** `Date` is the reference here; the parser itself does without. Mutant: `shifted / 400` dropped from the leap days. */
describe("HTTP-date", () => {
  it("reads every second of the years 0 to 9999 as Date writes it", () => {
    fc.assert(
      fc.property(fc.integer(years), (seconds) => {
        expect(parseHttpDate(new Date(seconds * second).toUTCString(), null)).toBe(seconds * second);
      }),
      { numRuns: 2000 },
    );
  });

  it("reads every day that exists and refuses every other", () => {
    const parts = fc.tuple(fc.integer({ min: 1600, max: 2400 }), fc.nat({ max: 11 }), fc.nat({ max: 32 }));

    fc.assert(
      fc.property(parts, ([year, month, dayOfMonth]) => {
        const ms = Date.UTC(year, month, dayOfMonth);
        const exists = new Date(ms).getUTCDate() === dayOfMonth;

        expect(parseHttpDate(`Mon, ${two(dayOfMonth)} ${months[month]} ${year} 00:00:00 GMT`, null)).toBe(
          exists ? ms : null,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it("takes a two-digit year for the latest that is at most 50 years ahead", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 80_000 }), fc.integer({ min: 0, max: 36_000 }), (today, ahead) => {
        const now = today * day;
        // A day more or less around the edge is a matter of how long a year is taken to be.
        const date = new Date(now + (ahead - 18_250) * day);
        const limit = now + 50 * 365.2425 * day;
        const value = `Monday, ${two(date.getUTCDate())}-${months[date.getUTCMonth()]}-${two(date.getUTCFullYear() % 100)} 00:00:00 GMT`;
        const read = parseHttpDate(value, now);
        if (read === null) {
          // 29 February exists in one century and not in the other.
          expect([date.getUTCMonth(), date.getUTCDate()]).toEqual([1, 29]);
          return;
        }
        expect(read).toBeLessThanOrEqual(limit);
        expect(read).toBeGreaterThan(limit - 100 * 366 * day);
        expect(new Date(read).getUTCFullYear() % 100).toBe(date.getUTCFullYear() % 100);
        expect(Date.UTC(new Date(read).getUTCFullYear() + 100, date.getUTCMonth(), date.getUTCDate())).toBeGreaterThan(
          limit,
        );
      }),
      { numRuns: 1000 },
    );
  });
});

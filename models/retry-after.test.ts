import { describe, expect, it } from "vitest";
import { retryAfterMs } from "./retry-after.ts";

const now = Date.UTC(2026, 10, 22, 12, 0, 0);
const dayMs = 86_400_000;

describe("Retry-After", () => {
  it("C1: reads seconds", () => {
    expect(retryAfterMs(new Headers({ "retry-after": "120" }), now)).toBe(120_000);
  });

  it("C2: measures a date against the server's own Date, so that a wrong local clock does not matter", () => {
    const headers = new Headers({
      "retry-after": "Mon, 01 Jan 2001 00:02:00 GMT",
      date: "Mon, 01 Jan 2001 00:00:00 GMT",
    });

    expect(retryAfterMs(headers, now)).toBe(120_000);
  });

  it.each([{}, { date: "yesterday" }])(
    "C2: measures a date against the local clock without a readable Date (%j)",
    (more) => {
      const headers = new Headers({ "retry-after": "Sun, 22 Nov 2026 12:00:30 GMT", ...more });

      expect(retryAfterMs(headers, now)).toBe(30_000);
    },
  );

  it.each([
    ["the preferred format", "Sun, 22 Nov 2026 12:00:30 GMT"],
    ["RFC 850", "Sunday, 22-Nov-26 12:00:30 GMT"],
    ["asctime", "Sun Nov 22 12:00:30 2026"],
  ])("C3: reads a date in %s", (_, value) => {
    expect(retryAfterMs(new Headers({ "retry-after": value }), now)).toBe(30_000);
  });

  it.each(["-1", "1e9", "1.5", "+3", "soon", "", "120, 120", "0x10", "Infinity", "NaN"])("C3: ignores %j", (value) => {
    expect(retryAfterMs(new Headers({ "retry-after": value }), now)).toBeNull();
  });

  it("C3: takes a moment in the past for now", () => {
    expect(retryAfterMs(new Headers({ "retry-after": "Sat, 21 Nov 2026 12:00:00 GMT" }), now)).toBe(0);
  });

  it.each(["86401", "9".repeat(400), "Fri, 31 Dec 9999 23:59:59 GMT"])("C3: waits at most a day for %j", (value) => {
    expect(retryAfterMs(new Headers({ "retry-after": value }), now)).toBe(dayMs);
  });

  it("is silent when the server is", () => {
    expect(retryAfterMs(new Headers(), now)).toBeNull();
  });
});

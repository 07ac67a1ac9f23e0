import { describe, expect, it } from "vitest";
import { parseHttpDate } from "./http-date.ts";

const example = Date.UTC(1994, 10, 6, 8, 49, 37);
const now = Date.UTC(2026, 10, 22);

describe("HTTP-date", () => {
  it.each([
    ["the preferred format", "Sun, 06 Nov 1994 08:49:37 GMT"],
    ["RFC 850", "Sunday, 06-Nov-94 08:49:37 GMT"],
    ["asctime", "Sun Nov  6 08:49:37 1994"],
    ["a day name that does not fit", "Mon, 06 Nov 1994 08:49:37 GMT"],
  ])("C3: reads %s", (_, value) => {
    expect(parseHttpDate(value, now)).toBe(example);
  });

  it.each([
    ["29 February of a leap year", "Thu, 29 Feb 2024 00:00:00 GMT", Date.UTC(2024, 1, 29)],
    ["29 February 2000", "Tue, 29 Feb 2000 00:00:00 GMT", Date.UTC(2000, 1, 29)],
    ["the last day of a year", "Thu, 31 Dec 2026 23:59:59 GMT", Date.UTC(2026, 11, 31, 23, 59, 59)],
    ["a leap second, as the second after it", "Sat, 31 Dec 2016 23:59:60 GMT", Date.UTC(2017, 0, 1)],
    ["a time before 1970", "Wed, 31 Dec 1969 23:59:59 GMT", -1000],
    ["a two-digit day in asctime", "Wed Nov 16 08:49:37 1994", Date.UTC(1994, 10, 16, 8, 49, 37)],
  ])("reads %s", (_, value, expected) => {
    expect(parseHttpDate(value, now)).toBe(expected);
  });

  it.each([
    ["75 as 2075, less than 50 years ahead", "Friday, 01-Nov-75 00:00:00 GMT", Date.UTC(2075, 10, 1)],
    [
      "76 in November 23 as 1976, more than 50 years ahead otherwise",
      "Monday, 24-Nov-76 00:00:00 GMT",
      Date.UTC(1976, 10, 24),
    ],
    ["76 in January as 2076", "Wednesday, 01-Jan-76 00:00:00 GMT", Date.UTC(2076, 0, 1)],
    ["99 as 1999", "Friday, 31-Dec-99 00:00:00 GMT", Date.UTC(1999, 11, 31)],
  ])("takes a two-digit year %s", (_, value, expected) => {
    expect(parseHttpDate(value, now)).toBe(expected);
  });

  it("refuses a two-digit year when no clock is at hand", () => {
    expect(parseHttpDate("Sunday, 06-Nov-94 08:49:37 GMT", null)).toBeNull();
    expect(parseHttpDate("Sun, 06 Nov 1994 08:49:37 GMT", null)).toBe(example);
  });

  it.each([
    "",
    "0",
    "Wed, 30 Feb 2022 00:00:00 GMT",
    "Tue, 29 Feb 2022 00:00:00 GMT",
    "Thu, 29 Feb 1900 00:00:00 GMT",
    "Sun, 00 Nov 1994 08:49:37 GMT",
    "Sun, 31 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 24:00:00 GMT",
    "Sun, 06 Nov 1994 08:60:00 GMT",
    "Sun, 06 Nov 1994 08:49:61 GMT",
    "Sun, 06 Nov 1994 08:49:37 UTC",
    "Sun, 06 Nov 1994 08:49:37 +0000",
    "Sun, 6 Nov 1994 08:49:37 GMT",
    "sun, 06 nov 1994 08:49:37 gmt",
    "Xyz, 06 Nov 1994 08:49:37 GMT",
    "1994-11-06T08:49:37Z",
    "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
  ])("refuses %j", (value) => {
    expect(parseHttpDate(value, now)).toBeNull();
  });
});

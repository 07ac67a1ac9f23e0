const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const shortDay = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const longDay = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)";
const month = `(?<month>${months.join("|")})`;
const time = "(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)";

/** RFC 9110 §5.6.7: the one format to write, and the two old ones that a recipient must still read. */
const formats = [
  new RegExp(`^${shortDay}, (?<day>\\d\\d) ${month} (?<year>\\d{4}) ${time} GMT$`),
  new RegExp(`^${longDay}, (?<day>\\d\\d)-${month}-(?<shortYear>\\d\\d) ${time} GMT$`),
  new RegExp(`^${shortDay} ${month} (?<day>\\d\\d| \\d) ${time} (?<year>\\d{4})$`),
];

const dayMs = 86_400_000;
const yearMs = 365.2425 * dayMs;

/**
 * Read an HTTP-date in any of its three formats: milliseconds since 1970, or `null` if it is none.
 *
 * The name of the day must be one, but need not fit the date: it adds nothing, and servers get it wrong.
 * A leap second counts as the first second of the next minute.
 *
 * @param nowMs decides the century of a two-digit year; `null` if no clock is at hand, and then such a date is refused.
 */
export function parseHttpDate(value: string, nowMs: number | null): number | null {
  for (const format of formats) {
    const parts = format.exec(value)?.groups;
    if (parts !== undefined) return timeOf(parts, nowMs);
  }
  return null;
}

function timeOf(parts: Readonly<Record<string, string>>, nowMs: number | null): number | null {
  const text = (name: string): string => parts[name] ?? "";
  const part = (name: string): number => Number(text(name));
  const [hour, minute, second] = [part("hour"), part("minute"), part("second")];
  if (hour > 23 || minute > 59 || second > 60) return null;

  const monthIndex = months.indexOf(text("month"));
  const day = part("day");
  const clockMs = ((hour * 60 + minute) * 60 + second) * 1000;
  const at = (year: number): number => daysSince1970(year, monthIndex, day) * dayMs + clockMs;
  const year = text("year") === "" ? fullYear(part("shortYear"), at, nowMs) : part("year");
  if (year === null || day < 1 || day > daysIn(year, monthIndex)) return null;
  return at(year);
}

/** The latest year with these two last digits that does not put the date more than 50 years ahead (§5.6.7). */
function fullYear(shortYear: number, at: (year: number) => number, nowMs: number | null): number | null {
  if (nowMs === null) return null;
  const limitMs = nowMs + 50 * yearMs;
  const atMost = Math.floor(1970 + limitMs / yearMs) + 1;
  const latest = atMost - ((((atMost - shortYear) % 100) + 100) % 100);
  return at(latest) > limitMs ? latest - 100 : latest;
}

function daysIn(year: number, monthIndex: number): number {
  return daysSince1970(year, monthIndex + 1, 1) - daysSince1970(year, monthIndex, 1);
}

/** Proleptic Gregorian days, by arithmetic alone: years are counted from March, so that a leap day comes last. */
function daysSince1970(year: number, monthIndex: number, day: number): number {
  const fromMarch = (monthIndex + 10) % 12;
  const shifted = year + Math.floor(monthIndex / 12) - (monthIndex % 12 < 2 ? 1 : 0);
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  const dayOfYear = Math.floor((153 * fromMarch + 2) / 5) + day - 1;
  return shifted * 365 + leapDays + dayOfYear - 719_468;
}

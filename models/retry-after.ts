import { parseHttpDate } from "./http-date.ts";

/** A server may ask for more patience than this; it does not get it. */
const longestMs = 24 * 60 * 60 * 1000;

/**
 * How long the server asks to be left alone, in milliseconds from now and at most 24 hours, or `null` if it asks for
 * nothing that RFC 9110 §10.2.3 can read.
 *
 * A date is measured against the response's own `Date`, because the two then come from one clock; the local clock
 * `nowMs` stands in only where there is none. A moment that has passed is 0: it is the back-off that keeps a 0 from
 * becoming a hot loop.
 */
export function retryAfterMs(headers: Headers, nowMs: number): number | null {
  const value = headers.get("retry-after");
  if (value === null) return null;
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, longestMs);

  const until = parseHttpDate(value, nowMs);
  if (until === null) return null;
  const servedMs = parseHttpDate(headers.get("date") ?? "", nowMs) ?? nowMs;
  return Math.min(Math.max(until - servedMs, 0), longestMs);
}

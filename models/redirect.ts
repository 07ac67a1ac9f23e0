import { hasBadPort } from "./bad-port.ts";

/** The request that was redirected, or that a redirect makes. */
export interface RedirectedRequest {
  readonly url: string;
  /** Upper case. */
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly hasBody: boolean;
}

export type RedirectDecision =
  | {
      readonly type: "follow";
      /** Without userinfo and fragment. */
      readonly url: string;
      readonly method: string;
      /** What the next request may carry. Pass on these, not the first ones: what a hop dropped stays dropped. */
      readonly headers: readonly (readonly [name: string, value: string])[];
      readonly keepBody: boolean;
    }
  | { readonly type: "refuse"; readonly because: string };

/** As many hops as the Fetch standard allows. */
export const maxRedirects = 20;

const longestLocation = 8 * 1024;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);
const safeMethods = new Set(["GET", "HEAD"]);
const bodyHeaders = new Set([
  "content-encoding",
  "content-language",
  "content-length",
  "content-location",
  "content-type",
]);
/** A list of what may go, not of what may not: nobody can name every header that holds a secret. */
const headersForStrangers = new Set([
  "accept",
  "accept-encoding",
  "accept-language",
  "cache-control",
  "if-range",
  "range",
  "user-agent",
]);

/** Whether this status sends a client elsewhere. 300, 304, 305 and 306 do not. */
export function isRedirectStatus(status: number): boolean {
  return redirectStatuses.has(status);
}

/**
 * Decide where a redirect leads and what may be said there, or why not to go.
 *
 * `because` is a sentence without the URL, which may hold secrets. Counting hops up to {@link maxRedirects} is for the
 * caller; loops end there.
 */
export function followRedirect(from: RedirectedRequest, status: number, location: string): RedirectDecision {
  if (!isRedirectStatus(status)) return refuse(`Status ${status} is not a redirect that is followed`);
  if (location === "") return refuse("The redirect names no location");
  if (location.length > longestLocation) return refuse("The location is longer than 8 KiB");
  const target = targetOf(location, from.url);
  if (target === null) return refuse("The location is not a URL");
  if (target.protocol !== "https:" && target.protocol !== "http:") {
    return refuse("The location is neither http nor https");
  }
  if (hasBadPort(target)) return refuse("The location has a port that belongs to another service");
  if (target.username !== "" || target.password !== "") return refuse("The location holds a user name or a password");

  const source = new URL(from.url);
  if (source.protocol === "https:" && target.protocol === "http:") return refuse("The redirect leaves https for http");
  const method = nextMethod(from.method, status);
  const sameOrigin = source.origin === target.origin;
  if (!sameOrigin && !safeMethods.has(method)) {
    return refuse(`A ${method} request is not sent on to another origin`);
  }
  const dropsBody = method !== from.method;
  const headers = from.headers.filter(([name]) => {
    const known = name.toLowerCase();
    return (sameOrigin || headersForStrangers.has(known)) && !(dropsBody && bodyHeaders.has(known));
  });
  return { type: "follow", url: target.href, method, headers, keepBody: from.hasBody && !dropsBody };
}

function refuse(because: string): RedirectDecision {
  return { type: "refuse", because };
}

/** Header values come one character per byte: escaping those above ASCII keeps a UTF-8 path what it was. */
function targetOf(location: string, base: string): URL | null {
  const escaped = location.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
  if (!URL.canParse(escaped, base)) return null;
  const target = new URL(escaped, base);
  target.hash = "";
  return target;
}

/** As browsers do: 303 makes a GET of everything but HEAD, 301 and 302 only of POST, 307 and 308 of nothing. */
function nextMethod(method: string, status: number): string {
  const rewritten = status === 303 ? method !== "HEAD" : method === "POST" && (status === 301 || status === 302);
  return rewritten ? "GET" : method;
}

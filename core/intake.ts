import { hasBadPort } from "../models/bad-port.ts";
import type { HeaderList, RequestSettings } from "../models/record-row.ts";
import type { RequestQuery } from "../models/request-match.ts";
import { type Convert, isIterable, isObject, toSequence, toUSVString } from "./webidl/conversions.ts";

/** What may be asked for: Fetch's `RequestInfo`, or a URL. */
export type RequestInput = string | URL | Request;

/** A request that was checked, its body not yet read. */
export interface RequestDraft {
  readonly url: string;
  readonly method: string;
  readonly headers: HeaderList;
  readonly body: ReadableStream<Uint8Array> | null;
  readonly settings: RequestSettings;
  readonly integrity: string;
}

/** Fetch's `RequestInfo`: a Request, or anything as a string. */
export const toRequestInfo: Convert<string | Request> = (value, context) =>
  isRequest(value) ? value : toUSVString(value, context);

const toRequestInfos = toSequence(toRequestInfo);

/** `(RequestInfo or sequence<RequestInfo>)`. */
export const toRequests: Convert<readonly (string | Request)[]> = (value, context) =>
  !isRequest(value) && isIterable(value) ? toRequestInfos(value, context) : [toRequestInfo(value, context)];

/**
 * Check the requests of a `fetch()` in the specification's order, and take their bodies.
 *
 * @throws TypeError if there is none, if `new Request()` would refuse one, if one is `no-cors`, is not HTTP(S), or goes
 * to a port that Fetch blocks (docs/adr/0007).
 */
export function draftsOf(
  requests: readonly (string | Request)[],
  baseURL: string | undefined,
): readonly RequestDraft[] {
  if (requests.length === 0) throw new TypeError("At least one request is needed");
  return requests.map((request) => {
    if (typeof request === "string") return plain(fetchable(urlOf(request, baseURL)));
    if (request.mode === "no-cors") throw new TypeError("A background fetch cannot be made in mode no-cors");
    const url = fetchable(urlOf(request.url, baseURL));
    return { ...plain(url), ...partsOf(request), body: bodyOf(request) };
  });
}

/** The query that `match()` looks for. @throws TypeError if `new Request()` would refuse it. */
export function queryOf(request: string | Request, baseURL: string | undefined): RequestQuery {
  if (typeof request === "string") return { url: urlOf(request, baseURL).href, method: "GET", headers: new Headers() };
  return { url: request.url, method: request.method, headers: new Headers([...request.headers]) };
}

function isRequest(value: unknown): value is Request {
  return (
    isObject(value) &&
    (value instanceof Request || (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag] === "Request")
  );
}

function plain(url: string): RequestDraft {
  return { url, method: "GET", headers: [], body: null, settings: {}, integrity: "" };
}

function partsOf(request: Request): Pick<RequestDraft, "method" | "headers" | "settings" | "integrity"> {
  const { method, headers, integrity } = request;
  return { method, headers: [...headers], settings: settingsOf(request), integrity };
}

/** What Fetch takes for granted, and a row need not say. */
const usual = {
  mode: "cors",
  credentials: "same-origin",
  cache: "default",
  redirect: "follow",
  referrer: "about:client",
  referrerPolicy: "",
} as const;

function settingsOf(request: Request): RequestSettings {
  const names = Object.keys(usual) as (keyof typeof usual)[];
  return Object.fromEntries(names.filter((name) => request[name] !== usual[name]).map((name) => [name, request[name]]));
}

/** From here on the caller's request is used, as after `new Request(request)`. */
function bodyOf(request: Request): ReadableStream<Uint8Array> | null {
  if (request.bodyUsed || request.body?.locked) throw new TypeError("The body of a request is used already");
  return request.body?.pipeThrough(new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>()) ?? null;
}

function urlOf(input: string, baseURL: string | undefined): URL {
  const url = URL.parse(input, baseURL);
  // Not quoted: a mistyped URL has its secrets, too.
  if (url === null) throw new TypeError("What was given is not a URL, or is relative and there is no base");
  if (url.username !== "" || url.password !== "") {
    throw new TypeError("Credentials in a URL are refused: put them into an Authorization header");
  }
  return url;
}

function fetchable(url: URL): string {
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new TypeError(`Only http: and https: can be fetched, not ${url.protocol}`);
  }
  if (hasBadPort(url)) throw new TypeError(`Port ${url.port} belongs to another service, and is blocked`);
  return url.href;
}

import type { HeaderList } from "../models/record-row.ts";
import type { RequestQuery } from "../models/request-match.ts";

/** What may be asked for: Fetch's `RequestInfo`, or a URL. */
export type RequestInput = string | URL | Request;

/** A request that was checked, its body not yet read. */
export interface RequestDraft {
  readonly url: string;
  readonly method: string;
  readonly headers: HeaderList;
  readonly body: ReadableStream<Uint8Array> | null;
}

/**
 * Check the requests of a `fetch()` in the specification's order.
 *
 * @throws TypeError if there is none, if one is no request, is `no-cors`, is not HTTP(S), or has credentials in its URL.
 */
export function draftsOf(
  requests: RequestInput | Iterable<RequestInput>,
  baseURL: string | undefined,
): readonly RequestDraft[] {
  const list = isSequence(requests) ? [...requests] : [requests];
  if (list.length === 0) throw new TypeError("At least one request is needed");
  return list.map((request) => draftOf(request, baseURL));
}

/** The query that `match()` looks for. @throws TypeError as {@link draftsOf}. */
export function queryOf(request: RequestInput, baseURL: string | undefined): RequestQuery {
  const { url, method, headers } = draftOf(request, baseURL);
  return { url, method, headers: new Headers(headers.map(([name, value]): [string, string] => [name, value])) };
}

function isSequence(requests: RequestInput | Iterable<RequestInput>): requests is Iterable<RequestInput> {
  return typeof requests === "object" && Symbol.iterator in requests;
}

function draftOf(request: RequestInput, baseURL: string | undefined): RequestDraft {
  if (typeof request === "string" || request instanceof URL) {
    return { url: addressOf(String(request), baseURL), method: "GET", headers: [], body: null };
  }
  if (request.mode === "no-cors") throw new TypeError("A background fetch cannot be made in mode no-cors");
  const { method, body } = request;
  return { url: addressOf(request.url, baseURL), method, headers: [...request.headers], body };
}

function addressOf(input: string, baseURL: string | undefined): string {
  const url = URL.parse(input, baseURL);
  if (url === null) throw new TypeError(`Not a URL: ${input.slice(0, 200)}`);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new TypeError(`Only http: and https: can be fetched, not ${url.protocol}`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new TypeError("Credentials in a URL are refused: put them into an Authorization header");
  }
  url.hash = "";
  return url.href;
}

import type { RecordRow } from "./record-row.ts";

/** The specification's `CacheQueryOptions` (Service Workers, "request matches cached item"). */
export interface CacheQueryOptions {
  readonly ignoreSearch?: boolean | undefined;
  readonly ignoreMethod?: boolean | undefined;
  readonly ignoreVary?: boolean | undefined;
}

/** What is looked for. */
export interface RequestQuery {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
}

/** Whether a query matches a record: Service Workers, "request matches cached item", with the record as the cached item. */
export function requestMatches(query: RequestQuery, row: RecordRow, options: CacheQueryOptions = {}): boolean {
  // Step 1 asks about the query alone, and then the cached request must be a GET: a POST record is found only so.
  if (!options.ignoreMethod && (query.method !== "GET" || row.method !== "GET")) return false;
  if (comparable(query.url, options) !== comparable(row.url, options)) return false;
  const response = row.refusal?.response ?? row.response;
  if (options.ignoreVary || response === null) return true;
  const asked = new Headers(row.headers.map(([name, value]): [string, string] => [name, value]));
  const vary = response.headers
    .filter(([name]) => name.toLowerCase() === "vary")
    .flatMap(([, value]) => value.split(","));
  return vary.every((field) => {
    const name = field.trim();
    return name !== "*" && (name === "" || query.headers.get(name) === asked.get(name));
  });
}

function comparable(address: string, { ignoreSearch }: CacheQueryOptions): string {
  const url = new URL(address);
  url.hash = "";
  if (ignoreSearch) url.search = "";
  return url.href;
}

/** One request as it came over the wire. */
export interface FaultRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Names in lower case; several fields of one name are joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  /** First byte asked for; 0 without a Range. */
  readonly start: number;
  /** In words: `whole`, `from 400`, `from 400 if "one"`. */
  readonly asked: string;
  readonly body: Buffer;
  /** How many requests for the same path came before. */
  readonly nth: number;
  /** Which connection it came on, counted from 0. */
  readonly connection: number;
}

interface Parsed {
  readonly request: Omit<FaultRequest, "nth" | "connection">;
  /** Bytes of the request, body included. */
  readonly size: number;
}

/** The first request in `bytes`, or `null` if it has not come whole. Bodies have a Content-Length, as our engine's do. */
export function parseRequest(bytes: Buffer): Parsed | null {
  const end = bytes.indexOf("\r\n\r\n");
  if (end === -1) return null;
  const [first = "", ...lines] = bytes.toString("latin1", 0, end).split("\r\n");
  const [method = "", target = ""] = first.split(" ");
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  const size = end + 4 + Number(headers.get("content-length") ?? 0);
  if (bytes.length < size) return null;
  const [, start = "0"] = /^bytes=(\d+)-$/.exec(headers.get("range") ?? "") ?? [];
  const [path = ""] = target.split("?", 1);
  const body = bytes.subarray(end + 4, size);
  return { request: { method, path, headers, start: Number(start), asked: askedBy(headers), body }, size };
}

function askedBy(headers: ReadonlyMap<string, string>): string {
  const range = headers.get("range");
  const condition = headers.get("if-range");
  const place = range === undefined ? "whole" : range.replace(/^bytes=(\d+)-$/, "from $1");
  return condition === undefined ? place : `${place} if ${condition}`;
}

import type { ResponseHead } from "../models/record-row.ts";
import { keptUrl } from "../models/url-origin.ts";
import type { TransportResponse } from "./ports/transport.ts";

/** Not exposed by Fetch either ("forbidden response-header name"), and a secret that nobody here has a use for. */
const cookieFields = new Set(["set-cookie", "set-cookie2"]);

/** What is kept of a response to a request for `url`, and given out with it: no cookies, and no URL that a redirect signed. */
export function headOf({ status, statusText, headers, url: final }: TransportResponse, url: string): ResponseHead {
  const fields = [...headers].filter(([name]) => !cookieFields.has(name.toLowerCase()));
  return { status, statusText, headers: fields, url: keptUrl(final || url, url) };
}

/** Fields that speak of the coded bytes, and of nothing that is stored once these have been decoded. */
const codedFields = new Set(["content-encoding", "content-length", "repr-digest", "content-digest", "digest"]);

/** The head of a body that is stored without its content coding. */
export function withoutCoding(head: ResponseHead): ResponseHead {
  return { ...head, headers: head.headers.filter(([name]) => !codedFields.has(name.toLowerCase())) };
}

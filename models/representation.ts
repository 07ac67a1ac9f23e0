import { parseContentRange } from "./content-range.ts";
import { chooseValidator, type Validator } from "./validator.ts";

/** Which bytes a response is about: what a generation of stored bytes remembers. */
export interface Representation {
  /** `null`: nothing can prove later that other bytes belong to these. */
  readonly validator: Validator | null;
  /** Its length in bytes as stored; of a head, as sent, so of the coded bytes if `coding` is set; `null` if not known. */
  readonly total: number | null;
  /** `null` is identity; otherwise the content codings in the order applied, in lower case: `"gzip"`. */
  readonly coding: string | null;
}

/** What the head of one response says about its bytes. An invalid Content-Length gives no total. */
export function representationOf(status: number, headers: Headers): Representation {
  const total = status === 206 ? completeLength(headers) : contentLength(headers);
  return {
    validator: chooseValidator(headers),
    total: total === "invalid" ? null : total,
    coding: codingOf(headers),
  };
}

/**
 * Whether a range request may ever add to bytes of this representation.
 *
 * A coded one is never resumed: a server may code the same content anew, with other bytes, for each request.
 */
export function isResumable({ validator, coding }: Representation): boolean {
  return validator !== null && coding === null;
}

/**
 * The length of the body that the head promises; `null` if it promises none, or if a transfer coding overrules it
 * (RFC 9112 §6.3); `"invalid"` if no body can be trusted under it.
 *
 * A list of equal values is one value. Signs, other bases, differing values, and numbers that a double cannot hold
 * exactly are invalid.
 */
export function contentLength(headers: Headers): number | null | "invalid" {
  const value = headers.get("content-length");
  if (value === null || headers.has("transfer-encoding")) return null;
  const lengths = value.split(",").map((item) => (/^[ \t]*\d+[ \t]*$/.test(item) ? Number(item) : Number.NaN));
  const [length = Number.NaN] = lengths;
  return Number.isSafeInteger(length) && lengths.every((other) => other === length) ? length : "invalid";
}

function completeLength(headers: Headers): number | null {
  const parsed = parseContentRange(headers.get("content-range") ?? "");
  return parsed?.kind === "satisfied" ? parsed.range.total : null;
}

function codingOf(headers: Headers): string | null {
  const codings = (headers.get("content-encoding") ?? "").toLowerCase().split(",");
  const applied = codings.map((coding) => coding.trim()).filter((coding) => coding !== "" && coding !== "identity");
  return applied.length === 0 ? null : applied.join(", ");
}

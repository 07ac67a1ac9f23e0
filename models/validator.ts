import { parseHttpDate } from "./http-date.ts";

/** What proves that stored bytes and served bytes belong to one representation. Its value is what the server wrote. */
export type Validator =
  | { readonly kind: "etag"; readonly value: string }
  | { readonly kind: "last-modified"; readonly value: string };

/** RFC 9110 §8.8.2.2 asks for a second; clocks that drift and file systems with coarse stamps ask for more. */
const settledMs = 60_000;

/**
 * Choose the validator that may guard a range request, or `null` if none can.
 *
 * A weak ETag is refused, and so is a Last-Modified beside one: RFC 9110 §13.1.5 lets a date into `If-Range` only if
 * the client has no entity tag at all, and a server that calls its tag weak says that bytes may differ under it.
 * An ETag that breaks the grammar is no entity tag. Alone, a Last-Modified counts only if the response's own `Date`
 * is at least a minute later: a file written twice within one tick of its clock has one date for two contents.
 *
 * @example
 * ```ts
 * chooseValidator(new Headers({ etag: 'W/"a"' })); // => null
 * ```
 */
export function chooseValidator(headers: Headers): Validator | null {
  const etag = /^(W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/.exec(headers.get("etag") ?? "");
  if (etag !== null) return etag[1] === undefined ? { kind: "etag", value: etag[0] } : null;

  const modified = headers.get("last-modified");
  const servedMs = parseHttpDate(headers.get("date") ?? "", null);
  if (modified === null || servedMs === null) return null;
  const modifiedMs = parseHttpDate(modified, servedMs);
  if (modifiedMs === null || servedMs - modifiedMs < settledMs) return null;
  return { kind: "last-modified", value: modified };
}

/** Whether both exist and are the same: two unknowns prove nothing about each other. */
export function sameValidator(a: Validator | null, b: Validator | null): boolean {
  return a !== null && b !== null && a.kind === b.kind && a.value === b.value;
}

/**
 * What a later response says about the representation that `stored` stands for.
 *
 * Compared is the header of the same kind, byte by byte (the strong comparison of RFC 9110 §8.8.3.2). Last-Modified
 * is not asked when an ETag is stored: mirrors with one ETag and several file dates serve the same bytes.
 */
export function compareValidator(stored: Validator, headers: Headers): "same" | "absent" | "different" {
  const value = headers.get(stored.kind);
  if (value === null) return "absent";
  return value === stored.value ? "same" : "different";
}

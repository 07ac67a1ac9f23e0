/** Which part of a representation of `size` bytes a request asks for (RFC 9110 §14.2). */
export type RangeAnswer =
  | { readonly type: "whole" }
  | { readonly type: "part"; readonly start: number; readonly end: number }
  | { readonly type: "unsatisfiable" };

/**
 * Read a `Range` field.
 *
 * Other units, several ranges and what does not parse are ignored, as a server may: the answer is the whole.
 */
export function readRange(field: string | undefined, size: number): RangeAnswer {
  const match = field?.match(/^bytes=\s*(\d*)-(\d*)\s*$/i);
  if (match == null) return { type: "whole" };
  const [, first = "", last = ""] = match;
  if (first === "") {
    if (last === "") return { type: "whole" };
    const length = Math.min(Number(last), size);
    return length === 0 ? { type: "unsatisfiable" } : { type: "part", start: size - length, end: size };
  }
  const start = Number(first);
  const end = last === "" ? size : Math.min(Number(last) + 1, size);
  if (last !== "" && Number(last) < start) return { type: "whole" };
  return start >= size ? { type: "unsatisfiable" } : { type: "part", start, end };
}

/**
 * Whether the validator in `If-Range` is this representation's: a strong ETag, or exactly its date (RFC 9110 §13.1.5).
 */
export function ifRangeHolds(
  field: string | undefined,
  { etag, lastModified }: { readonly etag: string | null; readonly lastModified?: string },
): boolean {
  if (field === undefined) return true;
  if (field.startsWith('"')) return field === etag;
  if (field.startsWith("W/")) return false;
  return field === lastModified;
}

/** Where the bytes of a part stand in their representation. */
export interface ContentRange {
  readonly start: number;
  /** Exclusive, unlike in the header. */
  readonly end: number;
  /** `null` where the server wrote `*`: it does not know yet. */
  readonly total: number | null;
}

export type ParsedContentRange =
  | { readonly kind: "satisfied"; readonly range: ContentRange }
  /** The form of a 416, with `*` for the range: nothing of what was asked for exists. */
  | { readonly kind: "unsatisfied"; readonly total: number };

/**
 * Read a `Content-Range`, or give `null` for anything RFC 9110 §14.4 does not allow.
 *
 * Nothing is forgiven: a wrong guess here writes bytes to a wrong place. Refused are other units, lists, signs,
 * exponents, `last < first`, `total <= last`, an unknown length without a range, and numbers that a double cannot hold
 * exactly.
 */
export function parseContentRange(value: string): ParsedContentRange | null {
  const parts = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+|\*)$/i.exec(value);
  if (parts === null) return null;
  const [, first, last, complete] = parts;
  const total = complete === "*" ? null : Number(complete);
  if (total !== null && !Number.isSafeInteger(total)) return null;
  if (first === undefined || last === undefined) return total === null ? null : { kind: "unsatisfied", total };

  const start = Number(first);
  const end = Number(last) + 1;
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end)) return null;
  if (end <= start || (total !== null && total < end)) return null;
  return { kind: "satisfied", range: { start, end, total } };
}

/** The `Range` that asks for `[start, end)`, or for everything from `start` on if `end` is `null`. */
export function formatRangeHeader(start: number, end: number | null): string {
  return `bytes=${start}-${end === null ? "" : end - 1}`;
}

import type { ListQuery } from "../../core/ports/index.ts";

/** Keys from `from` up to, but not including, `to`. */
export interface KeyRange {
  readonly from: string;
  readonly to: string;
}

/** @throws TypeError unless `key` is 1 to 200 printable ASCII characters: their order is then the same everywhere. */
export function assertJournalKey(key: string): void {
  if (!/^[\x20-\x7e]{1,200}$/.test(key)) throw new TypeError(`Not a journal key: ${JSON.stringify(key)}`);
}

/** Every key that starts with `prefix`. */
export function rangeOfPrefix(prefix: string): KeyRange {
  // No key holds a character above `~`, so the one after it ends the range.
  return { from: prefix, to: `${prefix}\x7f` };
}

/** Every key that `query` may give. */
export function rangeOfQuery({ prefix, after }: ListQuery): KeyRange {
  const range = rangeOfPrefix(prefix);
  // No key holds a character below the space: this is the first that can follow `after`.
  const next = after === undefined ? "" : `${after}\x20`;
  return next > range.from ? { from: next, to: range.to } : range;
}

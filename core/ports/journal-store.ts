import type { AbortOptions } from "./abort-options.ts";

/** Which optional behaviours a {@link JournalStore} has. The contract suite tests exactly these. */
export interface JournalStoreCapabilities {
  /** What `commit` acknowledged is still there after the process, or the machine, died. */
  readonly durable: boolean;
}

/** What JSON can say, and nothing else: no `undefined`, no `Date`, no `NaN`. */
export type JournalValue =
  | string
  | number
  | boolean
  | null
  | readonly JournalValue[]
  | { readonly [key: string]: JournalValue };

export interface JournalRow {
  /** ASCII, at most 200 characters. */
  readonly key: string;
  readonly value: JournalValue;
}

/** One step of a commit. */
export type JournalChange =
  | { readonly type: "put"; readonly key: string; readonly value: JournalValue }
  | { readonly type: "delete"; readonly key: string }
  /** Delete every row whose key starts with `prefix`. */
  | { readonly type: "delete-all"; readonly prefix: string };

export interface CommitOptions extends AbortOptions {
  /** The fencing token of the lock under which the change was decided. */
  readonly fence: number;
}

export interface ListQuery {
  readonly prefix: string;
  /** Give only rows whose key is greater than this one. */
  readonly after?: string | undefined;
  /** At most so many rows. */
  readonly limit: number;
}

/**
 * Keeps rows under ordered keys.
 *
 * `commit` must apply all of its changes or none, in the order of the calls, and must resolve only when they would
 * survive (where the store is durable); commits made at the same time may share one transaction. It must reject
 * with `LONGHAUL_LOCK_LOST`, and change nothing, if a greater `fence` was ever committed. `list` must give rows in
 * the order of their keys' characters. A value that is damaged, and no JSON any more, must be given as the text that it is: one
 * row must not keep the others from being read. A store out of space must reject with `LONGHAUL_JOURNAL_FULL`, one that may
 * not write with `LONGHAUL_JOURNAL_DENIED`, and any method after disposal with `LONGHAUL_JOURNAL_CLOSED`.
 */
export interface JournalStore extends AsyncDisposable {
  readonly name: string;
  readonly supports: JournalStoreCapabilities;
  commit(changes: readonly JournalChange[], options: CommitOptions): Promise<void>;
  get(key: string, options?: AbortOptions): Promise<JournalValue | null>;
  list(query: ListQuery, options?: AbortOptions): Promise<readonly JournalRow[]>;
}

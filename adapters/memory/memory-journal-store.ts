import {
  type AbortOptions,
  type CommitOptions,
  type JournalChange,
  type JournalRow,
  type JournalStore,
  type JournalValue,
  type ListQuery,
  LonghaulError,
} from "../../core/ports/index.ts";
import { rangeOfQuery } from "./journal-key.ts";
import { MemoryRows } from "./memory-rows.ts";
import { prepareCommit } from "./prepared-commit.ts";

export interface MemoryJournalStoreOptions {
  /** Rows that another store left, to go on from. @default none */
  readonly rows?: MemoryRows | undefined;
}

/** Keeps rows in memory: the reference against which every other journal is read. */
export class MemoryJournalStore implements JournalStore {
  readonly name = "memory";
  readonly supports = { durable: false } as const;
  /** What a later store may go on from. */
  readonly rows: MemoryRows;
  #closed = false;

  constructor(options: MemoryJournalStoreOptions = {}) {
    this.rows = options.rows ?? new MemoryRows();
  }

  async commit(changes: readonly JournalChange[], options: CommitOptions): Promise<void> {
    this.#assertUsable(options);
    this.rows.apply(prepareCommit(changes, options));
  }

  async get(key: string, options?: AbortOptions): Promise<JournalValue | null> {
    this.#assertUsable(options);
    const text = this.rows.textOf(key);
    return text === undefined ? null : (JSON.parse(text) as JournalValue);
  }

  async list(query: ListQuery, options?: AbortOptions): Promise<readonly JournalRow[]> {
    this.#assertUsable(options);
    const keys = this.rows.keysIn(rangeOfQuery(query), query.limit);
    return keys.map((key) => ({ key, value: JSON.parse(this.rows.textOf(key) ?? "null") as JournalValue }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
  }

  #assertUsable(options: AbortOptions | undefined): void {
    options?.signal?.throwIfAborted();
    if (this.#closed) throw new LonghaulError("LONGHAUL_JOURNAL_CLOSED", "The journal is closed");
  }
}

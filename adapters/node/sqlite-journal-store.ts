import { join } from "node:path";
import type { DatabaseSync, StatementSync } from "node:sqlite";
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
import { rangeOfQuery } from "../memory/journal-key.ts";
import { prepareCommit } from "../memory/prepared-commit.ts";
import { type CommitQueue, createCommitQueue } from "./commit-queue.ts";
import { createDirectorySync, syncWithAncestors } from "./directory-sync.ts";
import { openJournalDatabase } from "./journal-database.ts";
import { journalError } from "./journal-error.ts";
import { createJournalWriter } from "./journal-writer.ts";

export interface SqliteJournalStoreOptions {
  /** The folder of the store. */
  readonly directory: string;
  /** Only look, while another process may be writing. @default false */
  readonly readOnly?: boolean | undefined;
}

/**
 * Keeps rows in `state.db`: SQLite with a write-ahead log and an fsync for each commit.
 *
 * SQLite runs on the calling thread, which a commit therefore stops for as long as the disk takes to sync.
 */
export class SqliteJournalStore implements JournalStore {
  readonly name = "sqlite";
  readonly supports = { durable: true } as const;
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #commits: CommitQueue | null;
  readonly #get: StatementSync;
  readonly #list: StatementSync;
  #closed = false;

  private constructor(path: string, database: DatabaseSync, readOnly: boolean) {
    this.#path = path;
    this.#database = database;
    this.#commits = readOnly ? null : createCommitQueue(createJournalWriter(database, path));
    this.#get = database.prepare("SELECT value FROM rows WHERE key = ?");
    this.#list = database.prepare("SELECT key, value FROM rows WHERE key >= ? AND key < ? ORDER BY key LIMIT ?");
  }

  /** @throws LonghaulError `LONGHAUL_JOURNAL_DENIED`, `…_NEWER`, `…_CORRUPT`, `…_FULL` or `…_FAILED`. */
  static async open({ directory, readOnly = false }: SqliteJournalStoreOptions): Promise<SqliteJournalStore> {
    const path = join(directory, "state.db");
    const database = openJournalDatabase(path, readOnly);
    try {
      // SQLite syncs the file and the names of its logs, but neither the name of the file itself nor that of its folder.
      if (!readOnly) await syncWithAncestors(createDirectorySync(), directory);
      return new SqliteJournalStore(path, database, readOnly);
    } catch (error) {
      database.close();
      throw journalError(error, "open the journal", path);
    }
  }

  async commit(changes: readonly JournalChange[], options: CommitOptions): Promise<void> {
    this.#assertUsable(options);
    const commits = this.#commits;
    if (commits === null) {
      throw new LonghaulError("LONGHAUL_JOURNAL_DENIED", `The journal ${this.#path} is open for reading only`);
    }
    await commits.add(prepareCommit(changes, options));
  }

  async get(key: string, options?: AbortOptions): Promise<JournalValue | null> {
    this.#assertUsable(options);
    const row = this.#reading(() => this.#get.get(key));
    return row === undefined ? null : this.#parse(key, row["value"]);
  }

  async list(query: ListQuery, options?: AbortOptions): Promise<readonly JournalRow[]> {
    this.#assertUsable(options);
    const { from, to } = rangeOfQuery(query);
    const rows = this.#reading(() => this.#list.all(from, to, query.limit));
    return rows.map(({ key, value }) => ({ key: String(key), value: this.#parse(String(key), value) }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#commits?.flush();
    this.#database.close();
  }

  #parse(key: string, text: unknown): JournalValue {
    try {
      return JSON.parse(String(text)) as JournalValue;
    } catch (cause) {
      const sentence = `Row ${key} of ${this.#path} is not JSON`;
      throw new LonghaulError("LONGHAUL_JOURNAL_CORRUPT", sentence, { cause });
    }
  }

  #reading<Result>(act: () => Result): Result {
    try {
      return act();
    } catch (error) {
      throw journalError(error, "read the journal", this.#path);
    }
  }

  #assertUsable(options: AbortOptions | undefined): void {
    options?.signal?.throwIfAborted();
    if (this.#closed) throw new LonghaulError("LONGHAUL_JOURNAL_CLOSED", "The journal is closed");
  }
}

import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { type AbortOptions, type Lock, type LockLease, LonghaulError } from "../../core/ports/index.ts";
import { isBusy, journalError } from "./journal-error.ts";
import { describeOwner, forgetOwner, nameOwner } from "./lock-owner.ts";
import { ensurePrivateFile } from "./private-file.ts";
import { loadSqlite } from "./sqlite.ts";

/**
 * One owner per folder, among all processes of this machine.
 *
 * SQLite's exclusive lock on `lock.db` is a lock of the operating system: it goes with the process, however that ends,
 * and stays with one that is merely stopped. `owner.json` only says who holds it, for people.
 */
export class SqliteLock implements Lock {
  readonly name = "sqlite";
  readonly supports = { acrossProcesses: true } as const;
  readonly #directory: string;

  constructor({ directory }: { readonly directory: string }) {
    this.#directory = directory;
  }

  async acquire(options?: AbortOptions): Promise<LockLease> {
    options?.signal?.throwIfAborted();
    const directory = this.#directory;
    const path = join(directory, "lock.db");
    let database: DatabaseSync | null = null;
    try {
      database = openLockDatabase(path);
      const fence = takeFence(database);
      nameOwner(directory);
      return leaseOf(database, fence, () => forgetOwner(directory));
    } catch (error) {
      if (database?.isOpen) database.close();
      if (!isBusy(error)) throw journalError(error, "lock", path);
      const sentence = `The store ${directory} is in use${describeOwner(directory)}`;
      throw new LonghaulError("LONGHAUL_LOCK_HELD", sentence, { cause: error });
    }
  }
}

function openLockDatabase(path: string): DatabaseSync {
  ensurePrivateFile(path);
  const { DatabaseSync: Database } = loadSqlite();
  return new Database(path, { timeout: 0 });
}

/** Take the lock, and count one up durably. The lock stays until the connection is closed. */
function takeFence(database: DatabaseSync): number {
  // Not WAL: with it, an exclusive connection in another process can still be opened beside ours for reading.
  database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = EXTRA; PRAGMA fullfsync = 1; BEGIN EXCLUSIVE");
  database.exec("CREATE TABLE IF NOT EXISTS fence (id INTEGER PRIMARY KEY CHECK (id = 1), value INTEGER NOT NULL)");
  const last = Number(database.prepare("SELECT value FROM fence WHERE id = 1").get()?.["value"] ?? 0);
  // Not less than the time: whoever deletes lock.db must not be locked out by the fence that the journal remembers.
  const fence = Math.max(last + 1, Date.now());
  database.prepare("INSERT OR REPLACE INTO fence VALUES (1, ?)").run(fence);
  database.exec("COMMIT");
  return fence;
}

function leaseOf(database: DatabaseSync, fence: number, onRelease: () => void): LockLease {
  const lost = new AbortController();
  return {
    fence,
    lost: lost.signal,
    async [Symbol.asyncDispose]() {
      if (!database.isOpen) return;
      // Before the lock goes: afterwards the file may already name the next owner.
      onRelease();
      database.close();
      lost.abort();
    },
  };
}

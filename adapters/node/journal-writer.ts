import type { DatabaseSync, StatementSync } from "node:sqlite";
import { LonghaulError } from "../../core/ports/index.ts";
import { rangeOfPrefix } from "../memory/journal-key.ts";
import type { PreparedChange, PreparedCommit } from "../memory/prepared-commit.ts";
import { journalError } from "./journal-error.ts";

/** Puts commits into the database, many in one transaction. */
export interface JournalWriter {
  /**
   * Apply each commit whole or not at all, in order, durably.
   *
   * Gives for each the fault that refused it, or `null`. One that is refused leaves the others as they are.
   */
  write(commits: readonly PreparedCommit[]): readonly (LonghaulError | null)[];
}

export function createJournalWriter(database: DatabaseSync, path: string): JournalWriter {
  const begin = database.prepare("BEGIN IMMEDIATE");
  const commit = database.prepare("COMMIT");
  const getFence = database.prepare("SELECT value FROM fence WHERE id = 1");
  const putFence = database.prepare("UPDATE fence SET value = ? WHERE id = 1");
  const statements: RowStatements = {
    put: database.prepare("INSERT INTO rows VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"),
    drop: database.prepare("DELETE FROM rows WHERE key = ?"),
    dropRange: database.prepare("DELETE FROM rows WHERE key >= ? AND key < ?"),
  };

  function writeTogether(commits: readonly PreparedCommit[]): readonly (LonghaulError | null)[] {
    begin.run();
    const first = fenceOf(getFence);
    let fence = first;
    const changes: PreparedChange[] = [];
    const outcomes = commits.map((one) => {
      // Looked at before anything of the commit is applied, so that a stale owner cannot spoil its neighbours.
      if (one.fence < fence) return staleFence(one.fence, fence);
      fence = one.fence;
      for (const change of one.changes) changes.push(change);
      return null;
    });
    const last = lastPuts(changes);
    for (const [at, change] of changes.entries()) {
      if (change.type !== "put" || last.get(change.key) === at) applyChange(statements, change);
    }
    if (fence > first) putFence.run(fence);
    commit.run();
    return outcomes;
  }

  function write(commits: readonly PreparedCommit[]): readonly (LonghaulError | null)[] {
    try {
      return writeTogether(commits);
    } catch (error) {
      rollBack(database);
      // A large commit may find the disk full where the small ones beside it still fit: each for itself, then.
      if (commits.length > 1) return commits.flatMap((one) => write([one]));
      return [journalError(error, "write the journal", path)];
    }
  }

  return { write };
}

/** Where each key is put for the last time: a row that every commit of a group puts again is written once. */
function lastPuts(changes: readonly PreparedChange[]): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const [at, change] of changes.entries()) if (change.type === "put") last.set(change.key, at);
  return last;
}

interface RowStatements {
  readonly put: StatementSync;
  readonly drop: StatementSync;
  readonly dropRange: StatementSync;
}

function applyChange({ put, drop, dropRange }: RowStatements, change: PreparedChange): void {
  if (change.type === "put") {
    put.run(change.key, change.text);
  } else if (change.type === "delete") {
    drop.run(change.key);
  } else {
    const { from, to } = rangeOfPrefix(change.prefix);
    dropRange.run(from, to);
  }
}

function fenceOf(getFence: StatementSync): number {
  return Number(getFence.get()?.["value"]);
}

function staleFence(fence: number, greatest: number): LonghaulError {
  return new LonghaulError(
    "LONGHAUL_LOCK_LOST",
    `Fence ${fence} is behind fence ${greatest}: another owner has the store`,
  );
}

function rollBack(database: DatabaseSync): void {
  // Some faults (a full disk, an I/O error) have rolled back already.
  if (database.isTransaction) database.exec("ROLLBACK");
}

import { lstatSync, renameSync } from "node:fs";
import { join } from "node:path";
import { LonghaulError } from "../../core/ports/index.ts";
import { errnoOf } from "./body-error.ts";
import { createDirectorySync } from "./directory-sync.ts";
import { isDamage } from "./journal-error.ts";
import { SqliteJournalStore } from "./sqlite-journal-store.ts";
import { SqliteLock } from "./sqlite-lock.ts";

/** A journal that can be used, and where a damaged one was put that stood in its place. */
export interface UsableJournal {
  readonly journal: SqliteJournalStore;
  readonly setAside: string | null;
}

/**
 * Open the journal of the store in `directory`; if it is damaged, put it aside and begin another.
 *
 * Nothing is deleted. What a newer longhaul wrote, and what is a database of something else, stays where it is.
 *
 * @throws LonghaulError `LONGHAUL_LOCK_HELD` if the journal is damaged and another process runs the store.
 */
export async function openUsableJournal(directory: string): Promise<UsableJournal> {
  const seen = identityOf(directory);
  try {
    return { journal: await SqliteJournalStore.open({ directory }), setAside: null };
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  const setAside = await setJournalAside(directory, seen);
  return { journal: await SqliteJournalStore.open({ directory }), setAside };
}

/** The database, and what SQLite keeps beside it. */
const suffixes = ["", "-wal", "-shm", "-journal"];

/** What tells one `state.db` from another that has taken its name. */
export type JournalIdentity = string | null;

export function identityOf(directory: string): JournalIdentity {
  const stats = lstatSync(join(directory, "state.db"), { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? null : `${stats.dev}:${stats.ino}`;
}

/**
 * Rename the database that was `seen` to be damaged, and its logs with it, under the store's lock.
 *
 * Gives its new name, or `null` if another process was faster: what has its place now is not the one that was seen.
 */
export async function setJournalAside(directory: string, seen: JournalIdentity): Promise<string | null> {
  await using _ = await new SqliteLock({ directory }).acquire();
  if (identityOf(directory) !== seen) return null;
  const path = join(directory, "state.db");
  try {
    const target = freeNameFor(path);
    // The database first: a new one without tables makes nothing of logs that a crash leaves beside it.
    for (const suffix of suffixes) moveIfThere(path + suffix, target + suffix);
    await createDirectorySync().sync(directory);
    return target;
  } catch (cause) {
    const sentence = `The journal ${path} is damaged, and cannot be put aside (${errnoOf(cause)})`;
    throw new LonghaulError("LONGHAUL_JOURNAL_CORRUPT", sentence, { cause });
  }
}

function freeNameFor(path: string): string {
  for (let n = 1; ; n += 1) {
    const name = `${path}.damaged-${n}`;
    const isFree = suffixes.every((suffix) => !lstatSync(name + suffix, { throwIfNoEntry: false }));
    if (isFree) return name;
  }
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") throw error;
  }
}

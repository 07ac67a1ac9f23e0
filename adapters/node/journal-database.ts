import { accessSync, constants, lstatSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { LonghaulError } from "../../core/ports/index.ts";
import { errnoOf } from "./body-error.ts";
import { assertOwnLog, assertSound, hasLog } from "./journal-damage.ts";
import { journalError } from "./journal-error.ts";
import { ensurePrivateFile } from "./private-file.ts";
import { loadSqlite } from "./sqlite.ts";

/** The version of the tables below, kept in `user_version`. */
const schemaVersion = 1;

const schema = `
  CREATE TABLE rows (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE fence (id INTEGER PRIMARY KEY CHECK (id = 1), value INTEGER NOT NULL) STRICT;
  INSERT INTO fence VALUES (1, 0);
  PRAGMA user_version = ${schemaVersion};
`;

/** Drivers differ in their defaults (I12), so each is set, read back and compared. FULL is 2. */
const settings: readonly (readonly [name: string, value: string | number])[] = [
  ["busy_timeout", 5000],
  ["foreign_keys", 1],
  ["trusted_schema", 0],
  ["cell_size_check", 1],
  ["journal_mode", "wal"],
  ["synchronous", 2],
  ["wal_autocheckpoint", 1000],
  ["journal_size_limit", 67_108_864],
  // Of use on macOS alone, where fsync does not reach the disk.
  ["fullfsync", 1],
  ["checkpoint_fullfsync", 1],
];

/** What a reader sets: it must not change the file, nor wait long for a writer. */
const readerSettings = settings.slice(0, 4);

/**
 * Open the database of a journal, with every setting as it must be and the tables of this version.
 *
 * @throws LonghaulError `LONGHAUL_JOURNAL_NEWER`, `…_CORRUPT`, `…_DENIED`, `…_FULL` or `…_FAILED`.
 */
export function openJournalDatabase(path: string, readOnly: boolean): DatabaseSync {
  const { DatabaseSync: Database } = loadSqlite();
  let database: DatabaseSync | null = null;
  try {
    if (readOnly) lstatSync(path);
    else ensurePrivateFile(path);
    const hadLog = !readOnly && hasLog(path);
    if (hadLog) assertOwnLog(path);
    database = new Database(readOnly && isFrozen(path) ? frozen(path) : path, { readOnly });
    for (const [name, value] of readOnly ? readerSettings : settings) set(database, name, value, path);
    if (readOnly) assertVersion(versionOf(database), path);
    else {
      migrate(database, path);
      if (!hadLog) assertSound(database, path);
    }
    return database;
  } catch (error) {
    if (database?.isOpen) database.close();
    throw journalError(error, "open the journal", path);
  }
}

/** Whether nobody can write to the file, and all that was ever written is in it: its log is empty or gone. */
function isFrozen(path: string): boolean {
  if ((lstatSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return false;
  try {
    accessSync(dirname(path), constants.W_OK);
    return false;
  } catch (error) {
    return errnoOf(error) === "EROFS";
  }
}

/** SQLite would make a log beside the file even to read it, and on a read-only file system it cannot (F6, I8). */
function frozen(path: string): URL {
  const url = pathToFileURL(path);
  url.searchParams.set("immutable", "1");
  return url;
}

function set(database: DatabaseSync, name: string, value: string | number, path: string): void {
  database.prepare(`PRAGMA ${name} = ${value}`).get();
  const actual = Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  if (actual === value) return;
  const sentence = `The journal ${path} needs ${name} = ${value}, and its file system or driver gives ${String(actual)}`;
  throw new LonghaulError("LONGHAUL_JOURNAL_FAILED", sentence);
}

function migrate(database: DatabaseSync, path: string): void {
  const before = versionOf(database);
  if (before !== 0) return assertVersion(before, path);
  database.exec("BEGIN IMMEDIATE");
  // Another process may have made the tables while we waited.
  if (versionOf(database) === 0) {
    const { count } = database.prepare("SELECT count(*) AS count FROM sqlite_schema").get() as { count: number };
    if (count > 0) throw new LonghaulError("LONGHAUL_JOURNAL_CORRUPT", `${path} is a database of something else`);
    database.exec(schema);
  }
  database.exec("COMMIT");
}

function versionOf(database: DatabaseSync): number {
  return Number(Object.values(database.prepare("PRAGMA user_version").get() ?? {})[0]);
}

function assertVersion(version: number, path: string): void {
  if (version === schemaVersion) return;
  if (version > schemaVersion) {
    const sentence = `The journal ${path} has version ${version}, which only a newer longhaul than this one can read`;
    throw new LonghaulError("LONGHAUL_JOURNAL_NEWER", sentence);
  }
  throw new LonghaulError("LONGHAUL_JOURNAL_FAILED", `The journal ${path} has no tables yet: its owner is making them`);
}

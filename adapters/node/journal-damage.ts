import { lstatSync, statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { damageError } from "./journal-error.ts";
import { loadSqlite } from "./sqlite.ts";

/** Databases of up to so many bytes are checked whole at each start: 6 ms for each MB. Larger ones where they are read. */
const mostChecked = 16_777_216;

/** Whether a process ended without closing the database, so that rows may be in its log alone. */
export function hasLog(path: string): boolean {
  return sizeOf(`${path}-wal`) > 0;
}

function sizeOf(path: string): number {
  return lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Damage that opening alone does not show must be known before anything relies on a row. */
export function assertSound(database: DatabaseSync, path: string): void {
  if (statSync(path).size > mostChecked) return;
  const [found] = Object.values(database.prepare("PRAGMA quick_check(1)").get() ?? {});
  if (found !== "ok") throw damageError(String(found));
}

/**
 * Look at a database together with its log, without changing either.
 *
 * A connection that may write puts the log into the database when it closes, and removes it: what was to be put aside would
 * be spoiled by then, if the log is another database's.
 */
export function assertOwnLog(path: string): void {
  // A transaction that a crash cut short while the log was first made has to be rolled back, which nobody may who only looks.
  if (statSync(path).size === 0 || sizeOf(`${path}-journal`) > 0) return;
  using database = new (loadSqlite().DatabaseSync)(path, { readOnly: true });
  const [version] = Object.values(database.prepare("PRAGMA user_version").get() ?? {});
  const [count] = Object.values(database.prepare("SELECT count(*) FROM sqlite_schema").get() ?? {});
  if (version === 0 && count !== 0 && versionWithoutLog(path) > 0) throw damageError("Its log is another database's");
  if (version !== 0) assertSound(database, path);
}

/** `immutable` makes SQLite read the file as if nothing could be beside it. */
function versionWithoutLog(path: string): number {
  const url = pathToFileURL(path);
  url.search = "?immutable=1";
  using database = new (loadSqlite().DatabaseSync)(url, { readOnly: true });
  return Number(Object.values(database.prepare("PRAGMA user_version").get() ?? {})[0]);
}

import { isLonghaulError, LonghaulError, type LonghaulErrorCode } from "../../core/ports/index.ts";
import { errnoOf } from "./body-error.ts";

/** SQLite's primary result codes that mean something of their own to us. The rest is `LONGHAUL_JOURNAL_FAILED`. */
const sqliteCodes: Readonly<Record<number, LonghaulErrorCode>> = {
  3: "LONGHAUL_JOURNAL_DENIED", // PERM
  8: "LONGHAUL_JOURNAL_DENIED", // READONLY
  11: "LONGHAUL_JOURNAL_CORRUPT", // CORRUPT
  13: "LONGHAUL_JOURNAL_FULL", // FULL
  14: "LONGHAUL_JOURNAL_DENIED", // CANTOPEN
  26: "LONGHAUL_JOURNAL_CORRUPT", // NOTADB
};

const systemCodes: Readonly<Record<string, LonghaulErrorCode>> = {
  ENOENT: "LONGHAUL_JOURNAL_DENIED",
  EACCES: "LONGHAUL_JOURNAL_DENIED",
  EPERM: "LONGHAUL_JOURNAL_DENIED",
  EROFS: "LONGHAUL_JOURNAL_DENIED",
  ENOTDIR: "LONGHAUL_JOURNAL_DENIED",
  EEXIST: "LONGHAUL_JOURNAL_DENIED",
  ELOOP: "LONGHAUL_JOURNAL_DENIED",
  ENOSPC: "LONGHAUL_JOURNAL_FULL",
  EDQUOT: "LONGHAUL_JOURNAL_FULL",
};

/** The fault that an error of SQLite, or of the file system around it, means. */
export function journalError(error: unknown, doing: string, path: string): LonghaulError {
  if (error instanceof LonghaulError) return error;
  const result = primaryResultOf(error);
  const code = sqliteCodes[result ?? 0] ?? systemCodes[errnoOf(error)] ?? "LONGHAUL_JOURNAL_FAILED";
  const reason = error instanceof Error ? `: ${error.message}` : "";
  return new LonghaulError(code, `Could not ${doing} ${path}${reason}`, { cause: error });
}

/** Whether it says that a database is damaged, or is none: not that it is somebody else's. */
export function isDamage(error: unknown): boolean {
  if (!isLonghaulError(error) || error.code !== "LONGHAUL_JOURNAL_CORRUPT") return false;
  const result = primaryResultOf(error.cause);
  return result === 11 || result === 26;
}

/** An error of SQLite's own kind, for damage that only a closer look has shown. */
export function damageError(message: string): Error {
  return Object.assign(new Error(message), { errcode: 11 });
}

/** Whether another connection holds the lock that was asked for. */
export function isBusy(error: unknown): boolean {
  const result = primaryResultOf(error);
  return result === 5 || result === 6;
}

/** SQLite's result without the extension that its upper bits are. */
function primaryResultOf(error: unknown): number | null {
  const errcode = (error as { readonly errcode?: unknown } | null)?.errcode;
  return typeof errcode === "number" ? errcode & 0xff : null;
}

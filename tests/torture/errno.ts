import { bodyError } from "../../adapters/node/body-error.ts";
import { journalError } from "../../adapters/node/journal-error.ts";
import type { LonghaulError } from "../../core/ports/index.ts";

export const errnos = ["ENOSPC", "EIO", "EACCES", "EROFS", "EMFILE", "EBUSY", "ENOENT"] as const;
export type Errno = (typeof errnos)[number];

/** What SQLite makes of a system call that failed so: FULL, IOERR, CANTOPEN, READONLY, CANTOPEN, BUSY, CANTOPEN. */
const sqliteResults: { readonly [errno in Errno]: number } = {
  ENOSPC: 13,
  EIO: 10,
  EACCES: 14,
  EROFS: 8,
  EMFILE: 14,
  EBUSY: 5,
  ENOENT: 14,
};

/** The error that the real body store throws when a system call fails with `errno`. */
export function bodyFault(errno: Errno, call: string): LonghaulError {
  return bodyError(Object.assign(new Error(`${errno}: injected`), { code: errno }), call, "a body");
}

/** The error that the real journal throws then. */
export function journalFault(errno: Errno, call: string): LonghaulError {
  const error = Object.assign(new Error(`${errno}: injected`), { errcode: sqliteResults[errno] });
  return journalError(error, call, "a journal");
}

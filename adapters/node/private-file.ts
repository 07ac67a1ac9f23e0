import { closeSync, constants, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { errnoOf } from "./body-error.ts";

/**
 * Make an empty file that its owner alone may read, in a folder that its owner alone may enter, unless it is there.
 *
 * A file that is there is not opened: closing it would drop every lock that this process has on it (POSIX).
 */
export function ensurePrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(path, constants.O_CREAT | constants.O_EXCL | constants.O_RDWR, 0o600));
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") throw error;
  }
}

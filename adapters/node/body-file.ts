import { closeSync, constants, fstatSync, openSync, type Stats } from "node:fs";
import { LonghaulError } from "../../core/ports/index.ts";
import { bodyError } from "./body-error.ts";

// Absent on Windows, where a symbolic link needs a privilege to be made.
const noFollow = constants.O_NOFOLLOW ?? 0;
// Without it, opening a FIFO that was put in a body's place would wait for ever (F10). Regular files ignore it.
const noWait = constants.O_NONBLOCK ?? 0;

/** Make the file of a body. Nothing may be there yet, not even a dangling link. */
export function createBodyFile(path: string): number {
  return openSync(path, constants.O_CREAT | constants.O_EXCL | constants.O_RDWR | noFollow, 0o600);
}

/** Open the file of a body, refusing anything that is not a regular file (F10). */
export function openBodyFile(path: string, access: "read" | "write"): number {
  let fd: number;
  try {
    fd = openSync(path, (access === "read" ? constants.O_RDONLY : constants.O_RDWR) | noFollow | noWait);
  } catch (error) {
    throw bodyError(error, "open", path);
  }
  try {
    const stats = fstatSync(fd);
    assertRegular(stats, path);
    if (access === "write") assertOnlyName(stats, path);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  return fd;
}

/** A body with a second name is somebody else's file too: writing to it would spoil that one (F11). */
function assertOnlyName({ nlink }: Stats, path: string): void {
  if (nlink > 1) throw new LonghaulError("LONGHAUL_BODY_FAILED", `It has another name as well: ${path}`);
}

/** @throws LonghaulError `LONGHAUL_BODY_FAILED` if a link, a directory or a device stands in a body's place. */
export function assertRegular(stats: Stats, path: string): void {
  if (!stats.isFile()) throw new LonghaulError("LONGHAUL_BODY_FAILED", `Not a regular file: ${path}`);
}

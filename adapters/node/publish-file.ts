import {
  chmodSync,
  closeSync,
  constants,
  copyFile,
  fdatasync,
  ftruncate,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  type Stats,
  statfsSync,
  unlinkSync,
} from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { promisify } from "node:util";
import { LonghaulError, type MoveOutOptions } from "../../core/ports/index.ts";
import { bodyError, errnoOf } from "./body-error.ts";
import { assertRegular, openBodyFile } from "./body-file.ts";
import type { DirectorySync } from "./directory-sync.ts";
import { isSameDurably } from "./same-bytes.ts";

const copy = promisify(copyFile);
const syncData = promisify(fdatasync);
const setLength = promisify(ftruncate);

/** What `link` says on another device, and where the file system has no hard links. */
const cannotLink: ReadonlySet<string> = new Set(["EXDEV", "EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/**
 * Give the file at `path` the name `destination` instead, whole or not at all.
 *
 * The old name goes only after the new one is durable, so that no crash leaves the file without any. Repeated after a
 * crash it finishes what was begun. The file gets the mode that any program's output has: 0666 less the umask.
 */
export async function publishFile(
  path: string,
  destination: string,
  { length, replace }: MoveOutOptions,
  directories: DirectorySync,
): Promise<void> {
  if (!isAbsolute(destination)) throw new TypeError(`A destination is an absolute path, not ${destination}`);
  const source = statOf(path);
  const target = statOf(destination);
  if (source === null) {
    // An earlier call did the work, and may have left the name of its copy.
    if (target?.isFile() && target.size === length) return forgetCopy(path, destination);
    throw new LonghaulError("LONGHAUL_BODY_MISSING", `There is no body ${path}`);
  }
  assertRegular(source, path);
  await fitLength(path, source.size, length);
  if (target === null || !isSame(source, target)) {
    if (target?.isDirectory()) throw occupied(destination);
    if (target === null || replace) await give(path, destination, replace);
    else {
      const ours = await isOurCopy(path, destination, source, target);
      forgetCopy(path, destination);
      if (!ours) throw occupied(destination);
    }
  }
  try {
    await directories.sync(dirname(destination));
    unlinkSync(path);
  } catch (error) {
    throw bodyError(error, "finish moving", path);
  }
}

function forgetCopy(path: string, destination: string): void {
  try {
    dropFile(temporaryPathOf(path, destination));
  } catch (error) {
    throw bodyError(error, "clear away a copy beside", destination);
  }
}

/**
 * Let nothing be published but the `length` bytes that the journal knows of: what somebody, or a crash, put behind them
 * is cut off (F17).
 */
async function fitLength(path: string, size: number, length: number): Promise<void> {
  if (size === length) return;
  if (size < length) throw new LonghaulError("LONGHAUL_BODY_FAILED", `Bytes are missing at the end of ${path}`);
  const fd = openBodyFile(path, "write");
  try {
    await setLength(fd, length);
    await syncData(fd);
  } catch (error) {
    throw bodyError(error, "shorten", path);
  } finally {
    closeSync(fd);
  }
}

/** A name beside the destination that nobody else can guess, and that a repeated call finds again. */
export function temporaryPathOf(path: string, destination: string): string {
  return join(dirname(destination), `.${basename(path)}.longhaul`);
}

/**
 * Whether what is at the destination is the copy of an earlier call (F14), cut short by a crash before the body could go.
 *
 * A copy has no other mark than its bytes; and whoever put the very same ones there loses nothing.
 */
async function isOurCopy(path: string, destination: string, source: Stats, target: Stats): Promise<boolean> {
  if (!target.isFile() || target.size !== source.size) return false;
  try {
    return await isSameDurably(path, destination);
  } catch (error) {
    if (errnoOf(error) === "EACCES" || errnoOf(error) === "EPERM") return false;
    throw bodyError(error, "compare a body with", destination);
  }
}

async function give(path: string, destination: string, replace: boolean): Promise<void> {
  const temporary = temporaryPathOf(path, destination);
  try {
    chmodSync(path, 0o666 & ~process.umask());
    if (!replace) {
      // Unlike rename, link refuses a name that is taken (F13), and no look beforehand can lose a race.
      linkSync(path, destination);
      return;
    }
    dropFile(temporary);
    linkSync(path, temporary);
  } catch (error) {
    if (!cannotLink.has(errnoOf(error))) throw destinationError(error, destination);
    await copyBeside(path, temporary, destination);
  }
  try {
    place(temporary, destination, replace);
  } catch (error) {
    dropFile(temporary);
    throw destinationError(error, destination);
  }
}

/** Make a durable copy on the destination's own file system (F14). */
async function copyBeside(path: string, temporary: string, destination: string): Promise<void> {
  try {
    dropFile(temporary);
    assertRoom(statOf(path)?.size ?? 0, destination);
    await copy(path, temporary, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    const fd = openSync(temporary, constants.O_RDWR);
    await syncData(fd).finally(() => closeSync(fd));
  } catch (error) {
    dropFile(temporary);
    throw destinationError(error, destination);
  }
}

/** Not so much for the first try as for the next: a copy that fails at its end would be made again and again. */
function assertRoom(size: number, destination: string): void {
  const { bavail, bsize } = statfsSync(dirname(destination));
  if (bavail * bsize >= size) return;
  throw new LonghaulError("LONGHAUL_BODY_FULL", `There is no room for ${size} bytes beside ${destination}`);
}

function place(temporary: string, destination: string, replace: boolean): void {
  if (replace) return renameSync(temporary, destination);
  try {
    linkSync(temporary, destination);
  } catch (error) {
    if (!cannotLink.has(errnoOf(error))) throw error;
    // Without hard links nothing in Node refuses a taken name: look, and bear the moment between the two calls.
    if (statOf(destination) !== null) throw occupied(destination);
    return renameSync(temporary, destination);
  }
  unlinkSync(temporary);
}

function destinationError(error: unknown, destination: string): LonghaulError {
  if (error instanceof LonghaulError) return error;
  const errno = errnoOf(error);
  if (errno === "EEXIST" || errno === "EISDIR") return occupied(destination, error);
  if (errno !== "ENOENT" && errno !== "ENOTDIR") return bodyError(error, "move a body to", destination);
  const sentence = `Could not move a body to ${destination}: its folder is not there`;
  return new LonghaulError("LONGHAUL_BODY_DENIED", sentence, { cause: error });
}

function occupied(destination: string, cause?: unknown): LonghaulError {
  const sentence = `Something is already at ${destination}`;
  return new LonghaulError("LONGHAUL_BODY_DESTINATION_EXISTS", sentence, { cause });
}

function dropFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") throw error;
  }
}

function isSame(one: Stats, other: Stats): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}

function statOf(path: string): Stats | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    // A folder of the path is a file: nothing can be there.
    if (errnoOf(error) === "ENOTDIR") return null;
    throw bodyError(error, "look at", path);
  }
}

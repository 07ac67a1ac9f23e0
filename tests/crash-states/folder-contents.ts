import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";

/** Buffers that are used again and again: fresh ones would keep the garbage collector busy most of the time. */
const pool: Buffer[] = [];
const pieceSize = 1024 * 1024;

/**
 * The bytes of every file in these folders, by path. They are good until the next call.
 *
 * A folder that is a symbolic link ends in a slash.
 */
export function filesIn(folders: readonly string[]): ReadonlyMap<string, Buffer> {
  return new Map(pathsIn(folders).map((path, index) => [path, readAt(index, path)]));
}

/** Which files are in these folders, and when each was last changed: whatever touches one is seen. */
export function stampsIn(folders: readonly string[]): readonly string[] {
  return pathsIn(folders).map((path) => {
    const { ino, size, mtimeMs } = statSync(path);
    return `${path} ${ino} ${size} ${mtimeMs}`;
  });
}

function pathsIn(folders: readonly string[]): readonly string[] {
  const paths: string[] = [];
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
      if (entry.isFile()) paths.push(join(entry.parentPath, entry.name));
    }
  }
  return paths.sort();
}

function readAt(index: number, path: string): Buffer {
  const fd = openSync(path, "r");
  try {
    const { size } = fstatSync(fd);
    let buffer = pool[index];
    if (buffer === undefined || buffer.byteLength < size) buffer = Buffer.alloc(Math.max(size, pieceSize));
    pool[index] = buffer;
    return buffer.subarray(0, readSync(fd, buffer, 0, size, 0));
  } finally {
    closeSync(fd);
  }
}

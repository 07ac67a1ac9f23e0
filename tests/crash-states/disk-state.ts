import { createHash, hash } from "node:crypto";
import { linkSync, mkdirSync, readdirSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Survival } from "./crash-variant.ts";
import { type Disk, withNames } from "./disk.ts";
import { type Inode, rootInode } from "./disk-step.ts";
import { changedBy, type DataChange, resized } from "./live-tree.ts";
import { otherFolder } from "./scenario.ts";

/** A folder as a crash left it. */
export interface DiskState {
  /** Each after the one it is in. */
  readonly folders: readonly string[];
  readonly files: readonly DiskFile[];
}

export interface DiskFile {
  readonly inode: Inode;
  readonly bytes: Buffer;
  /** At least one. */
  readonly paths: readonly string[];
}

/** The state of `disk` if of its unsynced changes these survive. */
export function stateOf(disk: Disk, survival: Survival): DiskState {
  const folders = new Map(disk.folders);
  const contents = new Map(disk.contents);
  const changes = new Map<Inode, DataChange[]>();
  for (const change of survival.changes) {
    const { inode } = change;
    if (change.type === "names") folders.set(inode, withNames(folders.get(inode) ?? new Map(), change.names));
    else changes.set(inode, [...(changes.get(inode) ?? []), change]);
  }
  for (const [inode, own] of changes) contents.set(inode, changedBy(contents.get(inode) ?? Buffer.alloc(0), own));
  if (survival.lengths)
    for (const [inode, length] of lengthsOf(disk)) contents.set(inode, extended(contents.get(inode), length));
  const found: string[] = [];
  const paths = new Map<Inode, string[]>();
  const walk = (folder: Inode, above: string): void => {
    for (const [name, inode] of [...(folders.get(folder) ?? [])].sort(([one], [other]) => (one < other ? -1 : 1))) {
      const path = above + name;
      if (folders.has(inode)) {
        found.push(path);
        walk(inode, `${path}/`);
      } else paths.set(inode, [...(paths.get(inode) ?? []), path]);
    }
  };
  walk(rootInode, "");
  const files = [...paths].map(([inode, at]) => ({ inode, bytes: contents.get(inode) ?? Buffer.alloc(0), paths: at }));
  return { folders: found, files };
}

/** How long each file with unsynced changes was before the crash. */
function lengthsOf({ unsynced, contents }: Disk): ReadonlyMap<Inode, number> {
  const lengths = new Map<Inode, number>();
  for (const { change } of unsynced) {
    const length = lengths.get(change.inode) ?? contents.get(change.inode)?.byteLength ?? 0;
    if (change.type === "resize") lengths.set(change.inode, change.length);
    if (change.type === "write") {
      lengths.set(change.inode, Math.max(length, change.offset + change.bytes.byteLength));
    }
  }
  return lengths;
}

function extended(bytes: Buffer = Buffer.alloc(0), length: number): Buffer {
  return bytes.byteLength < length ? resized(bytes, length) : bytes;
}

const digests = new WeakMap<Buffer, string>();

/** The same for the same state, whatever led to it. */
export function digestOf({ folders, files }: DiskState): string {
  const whole = createHash("sha1").update(folders.join("\n"));
  const lines = files.map(({ paths, bytes }) => {
    const digest = digests.get(bytes) ?? hash("sha1", bytes);
    digests.set(bytes, digest);
    return `\n${paths.join("=")} ${digest}`;
  });
  return whole.update(lines.sort().join("")).digest("hex");
}

/** Make the state in `directory`, which is made anew; its folder `other` is `elsewhere`, where no link of it reaches. */
export function materialise({ folders, files }: DiskState, directory: string, elsewhere: string): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { mode: 0o700 });
  for (const name of readdirSync(elsewhere)) unlinkSync(join(elsewhere, name));
  for (const folder of folders) {
    if (folder === otherFolder) symlinkSync(elsewhere, join(directory, folder));
    else mkdirSync(join(directory, folder), { mode: 0o700 });
  }
  for (const { bytes, paths } of files) {
    const [first, ...others] = paths.map((path) => join(directory, path));
    if (first === undefined) continue;
    writeFileSync(first, bytes, { mode: 0o600 });
    for (const other of others) linkSync(first, other);
  }
}

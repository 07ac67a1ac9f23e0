import type { Acknowledgement } from "./acknowledgement.ts";
import { type DiskChange, type DiskStep, type Inode, rootInode } from "./disk-step.ts";
import { changedBy } from "./live-tree.ts";

/** A change that a loss of power may undo, in whole or in part. */
export interface UnsyncedChange {
  readonly change: DiskChange;
  /** Its call has returned. */
  ended: boolean;
  /** It gives a name to a file that was synced since, which makes the name durable too where a file system is so kind. */
  fileSynced: boolean;
}

/** What is on the disk for good, and what may be, after some steps of a recording. */
export interface Disk {
  readonly folders: ReadonlyMap<Inode, ReadonlyMap<string, Inode>>;
  readonly contents: ReadonlyMap<Inode, Buffer>;
  /** In the order in which they began. */
  readonly unsynced: readonly UnsyncedChange[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** Do one more step. `false` if no other state can come of it than before. */
  take(step: DiskStep): boolean;
}

export function createDisk(): Disk {
  const folders = new Map<Inode, ReadonlyMap<string, Inode>>([[rootInode, new Map()]]);
  const contents = new Map<Inode, Buffer>();
  const acknowledgements: Acknowledgement[] = [];
  /** What each sync that runs will have made durable. */
  const covered = new Map<number, readonly UnsyncedChange[]>();
  let unsynced: UnsyncedChange[] = [];

  function settle({ change }: UnsyncedChange): void {
    if (change.type === "names") {
      folders.set(change.inode, withNames(folders.get(change.inode) ?? new Map(), change.names));
    } else {
      contents.set(change.inode, changedBy(contents.get(change.inode) ?? Buffer.alloc(0), [change]));
    }
  }

  function finishSync(inode: Inode, call: number): boolean {
    const done = new Set(covered.get(call) ?? []);
    covered.delete(call);
    const now = unsynced.filter((one) => done.has(one));
    for (const one of now) settle(one);
    unsynced = unsynced.filter((one) => !done.has(one));
    for (const one of unsynced) {
      const { change } = one;
      if (change.type === "names" && one.ended) one.fileSynced ||= change.names.some(([, named]) => named === inode);
    }
    return now.length > 0;
  }

  return {
    folders,
    contents,
    get unsynced() {
      return unsynced;
    },
    acknowledgements,
    take(step) {
      switch (step.type) {
        case "folder":
          folders.set(step.inode, new Map());
          return false;
        case "file":
          contents.set(step.inode, Buffer.alloc(0));
          return false;
        case "begin":
          unsynced.push({ change: step.change, ended: false, fileSynced: false });
          return true;
        case "end":
          for (const one of unsynced) if (one.change === step.change) one.ended = true;
          return false;
        case "sync-begin":
          covered.set(
            step.call,
            unsynced.filter(({ change, ended }) => ended && change.inode === step.inode),
          );
          return false;
        case "sync-end":
          return finishSync(step.inode, step.call);
        case "acknowledged":
          acknowledgements.push(step.acknowledgement);
          return true;
      }
    },
  };
}

/** The names of a folder after a change of them. */
export function withNames(
  before: ReadonlyMap<string, Inode>,
  names: readonly (readonly [string, Inode | null])[],
): ReadonlyMap<string, Inode> {
  const after = new Map(before);
  for (const [name, inode] of names) {
    if (inode === null) after.delete(name);
    else after.set(name, inode);
  }
  return after;
}

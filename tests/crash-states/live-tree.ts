import { type DiskChange, type Inode, rootInode } from "./disk-step.ts";

/** The file system as a running process sees it: every change is there at once. */
export interface LiveTree {
  /** The inode of `path`, or `null`. */
  find(path: string): Inode | null;
  /** The folder that `path` is in, and its name there. */
  place(path: string): { readonly folder: Inode; readonly name: string };
  add(): Inode;
  apply(change: DiskChange): void;
  contentOf(inode: Inode): Buffer;
}

export function createLiveTree(): LiveTree {
  const folders = new Map<Inode, Map<string, Inode>>();
  const contents = new Map<Inode, Buffer>();
  let last = rootInode;

  const namesIn = (folder: Inode): Map<string, Inode> => {
    const names = folders.get(folder) ?? new Map<string, Inode>();
    folders.set(folder, names);
    return names;
  };
  const contentOf = (inode: Inode): Buffer => contents.get(inode) ?? Buffer.alloc(0);

  function find(path: string): Inode | null {
    let inode: Inode | undefined = rootInode;
    for (const name of path.split("/").filter((part) => part !== "")) {
      inode = folders.get(inode)?.get(name);
      if (inode === undefined) return null;
    }
    return inode;
  }

  return {
    find,
    place(path) {
      const slash = path.lastIndexOf("/");
      const folder = find(path.slice(0, Math.max(0, slash)));
      if (folder === null) throw new Error(`The recording uses ${path} in a folder that was never made`);
      return { folder, name: path.slice(slash + 1) };
    },
    add() {
      last += 1;
      return last;
    },
    apply(change) {
      if (change.type === "names") {
        for (const [name, inode] of change.names) {
          if (inode === null) namesIn(change.inode).delete(name);
          else namesIn(change.inode).set(name, inode);
        }
      } else contents.set(change.inode, changedBy(contentOf(change.inode), [change]));
    },
    contentOf,
  };
}

export type DataChange = Exclude<DiskChange, { readonly type: "names" }>;

/** `content` after these changes of it; never the same buffer. */
export function changedBy(content: Buffer, changes: readonly DataChange[]): Buffer {
  const ends = changes.map((change) =>
    change.type === "write" ? change.offset + change.bytes.byteLength : change.length,
  );
  const after = resized(content, Math.max(content.byteLength, ...ends));
  let length = content.byteLength;
  for (const change of changes) {
    if (change.type === "write") {
      change.bytes.copy(after, change.offset);
      length = Math.max(length, change.offset + change.bytes.byteLength);
    } else {
      // What is cut off must be zeros should the file grow again.
      after.fill(0, change.length);
      ({ length } = change);
    }
  }
  return after.subarray(0, length);
}

export function resized(content: Buffer, length: number): Buffer {
  const after = Buffer.alloc(length);
  content.copy(after);
  return after;
}

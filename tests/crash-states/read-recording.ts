import { posix } from "node:path";
import { parseAcknowledgement } from "./acknowledgement.ts";
import type { DiskChange, DiskStep, Inode } from "./disk-step.ts";
import { createLiveTree, type LiveTree } from "./live-tree.ts";
import { numberAt, parseStrace, type SystemCall, stringsOf } from "./system-call.ts";

/** A folder as it was before the recording, durable. */
export interface RecordedBefore {
  readonly folders: readonly string[];
  readonly files: readonly { readonly path: string; readonly bytes: Buffer }[];
}

export interface ReadRecording {
  /** What was there before, made durable. */
  readonly before: readonly DiskStep[];
  readonly steps: readonly DiskStep[];
  /** How the last process left the folder. */
  readonly tree: LiveTree;
}

interface OpenFile {
  readonly inode: Inode;
  position: number;
}

/** Calls that would change a file past this reader. */
const unknown = new Set([
  "dup",
  "dup2",
  "dup3",
  "fallocate",
  "sync",
  "syncfs",
  "sync_file_range",
  "splice",
  "truncate",
]);

/**
 * What the processes of these straces did in the folder `root`, one after the other.
 *
 * SQLite's shared memory (`-shm`) is left out: it is made anew from the log by whoever comes first.
 *
 * @throws Error if a call changes the folder in a way that this reader does not know.
 */
export function readRecording(root: string, before: RecordedBefore, straces: readonly string[]): ReadRecording {
  const tree = createLiveTree();
  const steps: DiskStep[] = [];
  let syncs = 0;
  let descriptors = new Map<number, OpenFile>();

  function within(name: string): string | null {
    const path = posix.resolve(root, name.replace(/^\/proc\/self\/cwd/, root));
    if (path === root) return "";
    return path.startsWith(`${root}/`) && !path.endsWith("-shm") ? path.slice(root.length + 1) : null;
  }

  const pathsOf = (call: SystemCall): readonly (string | null)[] => stringsOf(call).map((s) => within(s.toString()));

  /** The changes of a call, made as it begins. */
  function begin(call: SystemCall): readonly DiskChange[] {
    const changes = changesOf(call);
    for (const change of changes) {
      tree.apply(change);
      steps.push({ type: "begin", change });
    }
    return changes;
  }

  function add(type: "folder" | "file"): Inode {
    const inode = tree.add();
    steps.push({ type, inode });
    return inode;
  }

  function named(path: string, inode: Inode | null): DiskChange {
    const { folder, name } = tree.place(path);
    return { type: "names", inode: folder, names: [[name, inode]] };
  }

  function changesOf(call: SystemCall): readonly DiskChange[] {
    switch (call.name) {
      case "open":
      case "openat":
      case "creat": {
        const [path = null] = pathsOf(call);
        if (path === null) return [];
        const inode = tree.find(path);
        if (inode === null) return call.text.includes("O_CREAT") ? [named(path, add("file"))] : [];
        return call.text.includes("O_TRUNC") ? [{ type: "resize", inode, length: 0 }] : [];
      }
      case "mkdir":
      case "mkdirat": {
        const [path = null] = pathsOf(call);
        return path === null ? [] : [named(path, add("folder"))];
      }
      case "unlink":
      case "unlinkat": {
        const [path = null] = pathsOf(call);
        return path === null ? [] : [named(path, null)];
      }
      case "link":
      case "linkat": {
        const [from = null, to = null] = pathsOf(call);
        return from === null || to === null ? [] : [named(to, tree.find(from))];
      }
      case "rename":
      case "renameat":
      case "renameat2":
        return renamed(call);
      default:
        return changesOfFile(call);
    }
  }

  function renamed(call: SystemCall): readonly DiskChange[] {
    const [from = null, to = null] = pathsOf(call);
    if (from === null || to === null) return [];
    const [old, fresh] = [tree.place(from), tree.place(to)];
    if (old.folder !== fresh.folder) throw new Error(`A file was renamed from one folder to another: ${from} to ${to}`);
    const inode = tree.find(from);
    return [
      {
        type: "names",
        inode: old.folder,
        names: [
          [old.name, null],
          [fresh.name, inode],
        ],
      },
    ];
  }

  function changesOfFile(call: SystemCall): readonly DiskChange[] {
    const fd = numberAt(call, 0);
    const file = descriptors.get(fd);
    if (call.name === "copy_file_range") return copied(call, numberAt(call, 0), numberAt(call, 1), numberAt(call, 2));
    if (call.name === "sendfile") return copied(call, numberAt(call, 1), numberAt(call, 2), numberAt(call, 0));
    if (file === undefined) {
      noteRequest(call);
      return [];
    }
    const { inode } = file;
    const length = call.result ?? 0;
    if (unknown.has(call.name)) throw new Error(`The recording has a ${call.name} of a file in the folder`);
    if (call.name === "mmap") {
      if (call.text.includes("MAP_SHARED")) throw new Error("A file in the folder is mapped");
      return [];
    }
    if (call.name === "ftruncate") return [{ type: "resize", inode, length: numberAt(call, 1) }];
    if (!/write/.test(call.name)) return [];
    const bytes = Buffer.concat(stringsOf(call)).subarray(0, call.result === null ? undefined : length);
    const positioned = call.name.startsWith("p");
    const offset = positioned ? numberAt(call, -1) : file.position;
    if (!positioned) file.position += length;
    return bytes.byteLength === 0 ? [] : [{ type: "write", inode, offset, bytes }];
  }

  /** A request that is not a file's: only where it must not be repeated does its moment matter. */
  function noteRequest(call: SystemCall): void {
    if (!/^writev?$/.test(call.name)) return;
    const path = /^POST (\/\w+) /.exec(stringsOf(call)[0]?.toString("latin1") ?? "")?.[1];
    if (path === undefined) return;
    steps.push({ type: "acknowledged", acknowledgement: { type: "posted", id: path.slice(1) } });
  }

  function copied(call: SystemCall, from: number, offset: number, to: number): readonly DiskChange[] {
    const [source, target] = [descriptors.get(from), descriptors.get(to)];
    const length = call.result ?? 0;
    if (target === undefined || length === 0) return [];
    if (source === undefined || Number.isNaN(offset)) throw new Error(`A ${call.name} that cannot be followed`);
    const bytes = tree.contentOf(source.inode).subarray(offset, offset + length);
    const change: DiskChange = { type: "write", inode: target.inode, offset: target.position, bytes };
    target.position += length;
    return [change];
  }

  function atStart(call: SystemCall, running: Map<SystemCall, readonly DiskChange[]>): void {
    const fd = numberAt(call, 0);
    if (call.name === "close") descriptors.delete(fd);
    else if (call.name === "write" && fd === 1) acknowledge(call);
    else if (call.name === "fsync" || call.name === "fdatasync") {
      const inode = descriptors.get(fd)?.inode;
      if (inode !== undefined) steps.push({ type: "sync-begin", inode, call: syncs + call.start });
    } else running.set(call, begin(call));
  }

  function atEnd(call: SystemCall, running: Map<SystemCall, readonly DiskChange[]>): void {
    for (const change of running.get(call) ?? []) steps.push({ type: "end", change });
    running.delete(call);
    if (call.name === "fsync" || call.name === "fdatasync") {
      const inode = descriptors.get(numberAt(call, 0))?.inode;
      if (inode !== undefined) steps.push({ type: "sync-end", inode, call: syncs + call.start });
    }
    if (call.result === null || !/^(open|openat|creat)$/.test(call.name)) return;
    const [path = null] = pathsOf(call);
    const inode = path === null ? null : tree.find(path);
    if (inode !== null) descriptors.set(call.result, { inode, position: 0 });
    else descriptors.delete(call.result);
  }

  function acknowledge(call: SystemCall): void {
    for (const line of Buffer.concat(stringsOf(call)).toString().split("\n")) {
      const acknowledgement = parseAcknowledgement(line);
      if (acknowledgement !== null) steps.push({ type: "acknowledged", acknowledgement });
    }
  }

  for (const path of before.folders) settle(named(path, add("folder")));
  for (const { path, bytes } of before.files) {
    const inode = add("file");
    settle(named(path, inode));
    settle({ type: "write", inode, offset: 0, bytes });
  }

  function settle(change: DiskChange): void {
    tree.apply(change);
    syncs += 1;
    steps.push({ type: "begin", change }, { type: "end", change });
    const { inode } = change;
    steps.push({ type: "sync-begin", inode, call: -syncs }, { type: "sync-end", inode, call: -syncs });
  }

  const settled = steps.splice(0);
  syncs = 0;
  for (const strace of straces) {
    descriptors = new Map();
    const running = new Map<SystemCall, readonly DiskChange[]>();
    const calls = parseStrace(strace);
    const moments = calls.flatMap((call) => [
      { at: call.start, act: () => atStart(call, running) },
      { at: call.end, act: () => atEnd(call, running) },
    ]);
    // A stable sort: of a call on one line the start stays before the end.
    moments.sort((one, other) => one.at - other.at);
    for (const { at, act } of moments) if (at < Number.POSITIVE_INFINITY) act();
    syncs += strace.length;
  }
  return { before: settled, steps, tree };
}

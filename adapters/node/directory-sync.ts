import { closeSync, constants, fsync, openSync } from "node:fs";
import { dirname, resolve as resolvePath } from "node:path";
import { errnoOf } from "./body-error.ts";

/** Makes the names in directories durable. Callers that come while a directory is being synced share the next turn. */
export interface DirectorySync {
  /** Resolves once every name that was in `directory` at the time of the call would survive the loss of the machine. */
  sync(directory: string): Promise<void>;
}

interface Turns {
  running: Promise<void>;
  /** Not yet started, so that it covers everybody who joins before it does. */
  next: Promise<void> | null;
}

/** Windows has no such call on a directory, and NTFS journals names by itself. */
const possible = process.platform !== "win32";

export function createDirectorySync(fsyncDirectory: (directory: string) => Promise<void> = fsyncPath): DirectorySync {
  const turns = new Map<string, Turns>();

  function start(directory: string): Promise<void> {
    const turn: Turns = { running: fsyncDirectory(directory), next: null };
    turns.set(directory, turn);
    const leave = () => {
      if (turns.get(directory) === turn && turn.next === null) turns.delete(directory);
    };
    turn.running.then(leave, leave);
    return turn.running;
  }

  return {
    sync(directory) {
      const turn = turns.get(directory);
      if (turn === undefined) return start(directory);
      // The running call may have passed our name already: only one that starts later is sure to see it.
      turn.next ??= turn.running.catch(() => {}).then(() => start(directory));
      return turn.next;
    },
  };
}

/** What opening or syncing a folder says that is not ours, and in which we therefore made nothing. */
const notOurs: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EROFS", "EINVAL", "ENOTSUP", "EOPNOTSUPP"]);

/**
 * Make every name in `directory` durable, its own, and those of all folders above.
 *
 * A store may be in folders that were made with it, and whose names no other sync reaches: without them everything is lost
 * at once (G2). All of them, each time: an earlier run may have made them and been killed before it could sync (G3).
 */
export async function syncWithAncestors(directories: DirectorySync, directory: string): Promise<void> {
  const own = resolvePath(directory);
  const above: string[] = [];
  for (let folder = dirname(own); folder !== dirname(folder); folder = dirname(folder)) above.push(dirname(folder));
  const tolerate = (error: unknown): void => {
    if (!notOurs.has(errnoOf(error))) throw error;
  };
  // Beside each other: none is of use before all are there.
  await Promise.all([
    directories.sync(own),
    directories.sync(dirname(own)),
    ...above.map((folder) => directories.sync(folder).catch(tolerate)),
  ]);
}

function fsyncPath(directory: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!possible) return resolve();
    const fd = openSync(directory, constants.O_RDONLY | constants.O_DIRECTORY);
    fsync(fd, (error) => {
      closeSync(fd);
      if (error === null) resolve();
      else reject(error);
    });
  });
}

import { closeSync, constants, fsync, openSync } from "node:fs";

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

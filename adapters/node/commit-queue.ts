import type { PreparedCommit } from "../memory/prepared-commit.ts";
import type { JournalWriter } from "./journal-writer.ts";

/** Gathers the commits of one turn of the event loop into one transaction: they share its fsync. */
export interface CommitQueue {
  /** Resolves once the commit is durable. */
  add(commit: PreparedCommit): Promise<void>;
  /** Write now what waits. */
  flush(): void;
}

interface Waiting {
  readonly commit: PreparedCommit;
  resolve(): void;
  reject(error: Error): void;
}

/**
 * A queue that is written at the end of the turn in which its first commit came.
 *
 * Measured on ext4 against a window of 1 ms: 16 committers 62,000/s instead of 7,300/s, one alone 2,400/s instead of
 * 410/s. While a transaction is being written nothing else can come, so waiting longer gathers nothing.
 */
export function createCommitQueue(writer: JournalWriter): CommitQueue {
  let waiting: Waiting[] = [];

  function flush(): void {
    const group = waiting;
    waiting = [];
    if (group.length === 0) return;
    const outcomes = writer.write(group.map(({ commit }) => commit));
    group.forEach((one, index) => {
      const fault = outcomes[index] ?? null;
      if (fault === null) one.resolve();
      else one.reject(fault);
    });
  }

  return {
    add(commit) {
      return new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ commit, resolve, reject });
      });
    },
    flush,
  };
}

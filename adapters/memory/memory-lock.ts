import { type AbortOptions, type Lock, type LockLease, LonghaulError } from "../../core/ports/index.ts";

/** Excludes other owners within this process. Share one lock between the engines that share a store. */
export class MemoryLock implements Lock {
  readonly name = "memory";
  readonly supports = { acrossProcesses: false } as const;
  #fence = 0;
  #held = false;

  async acquire(options?: AbortOptions): Promise<LockLease> {
    options?.signal?.throwIfAborted();
    if (this.#held) throw new LonghaulError("LONGHAUL_LOCK_HELD", "The store is in use by another engine here");
    this.#held = true;
    this.#fence += 1;
    const lost = new AbortController();
    return {
      fence: this.#fence,
      lost: lost.signal,
      [Symbol.asyncDispose]: async () => {
        if (lost.signal.aborted) return;
        this.#held = false;
        lost.abort();
      },
    };
  }
}

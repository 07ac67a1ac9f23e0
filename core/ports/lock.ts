import type { AbortOptions } from "./abort-options.ts";

/** Which optional behaviours a {@link Lock} has. The contract suite tests exactly these. */
export interface LockCapabilities {
  /** Excludes owners in other processes; without it, only other owners in this one. */
  readonly acrossProcesses: boolean;
}

/** A lock that is held. Disposing releases it. */
export interface LockLease extends AsyncDisposable {
  /** Greater than that of every lease before it on the same store. */
  readonly fence: number;
  /** Aborted once the lease is no longer ours. */
  readonly lost: AbortSignal;
}

/**
 * Gives one owner at a time the right to run a store.
 *
 * `acquire` must reject with `LONGHAUL_LOCK_HELD` at once, naming the holder where it is known, and must not wait.
 * A lease must end with the process that holds it, however that ends. A lease's `fence` must be greater than that
 * of every lease before it.
 */
export interface Lock {
  readonly name: string;
  readonly supports: LockCapabilities;
  acquire(options?: AbortOptions): Promise<LockLease>;
}

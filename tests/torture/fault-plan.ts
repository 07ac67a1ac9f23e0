import type { Errno } from "./errno.ts";

/** Calls that a full disk, or one that may only be read, refuses. The others still work there. */
const changing: ReadonlySet<string> = new Set([
  ...["create", "open", "write", "sync", "truncate", "remove", "moveOut", "commit"],
]);

export interface Planned {
  /** From 1; 0 for none. */
  readonly at: number;
  readonly errno: Errno;
  readonly forEver: boolean;
}

/** `stalling`: a download waits for its next byte, and tells of a store that failed only with it. */
export type Phase = "running" | "stalling" | "closing";

/** Which call of a store fails, and how. Both stores of an engine, and those of the engines after it, count together. */
export class FaultPlan {
  /** Every call, by name. */
  readonly calls: string[] = [];
  /** Those that failed. */
  readonly hits: string[] = [];
  /** What was going on when the first of them came. */
  hitDuring: Phase = "running";
  phase: Phase = "running";
  /** Resolves with the first of them. */
  readonly hit: Promise<void>;
  readonly #planned: Planned;
  readonly #hit = Promise.withResolvers<void>();
  #healed = false;

  constructor(planned: Planned) {
    this.#planned = planned;
    this.hit = this.#hit.promise;
  }

  get errno(): Errno {
    return this.#planned.errno;
  }

  heal(): void {
    this.#healed = true;
  }

  /** Count a call. Whether it is to fail. */
  takes(call: string): boolean {
    if (this.#healed) return false;
    this.calls.push(call);
    const { at, forEver } = this.#planned;
    const from = at !== 0 && this.calls.length >= at;
    const fails = forEver ? from && this.#fits(call) : this.calls.length === at;
    if (fails) {
      if (this.hits.length === 0) this.hitDuring = this.phase;
      this.hits.push(call);
      this.#hit.resolve();
    }
    return fails;
  }

  /** For ever means: as on a disk that is in that state. */
  #fits(call: string): boolean {
    return changing.has(call) || (this.errno !== "ENOSPC" && this.errno !== "EROFS");
  }
}

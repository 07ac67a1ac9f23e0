/** Bounds how many exchanges run at once with one origin. First come, first served. */
export interface ConnectionSlots {
  /**
   * Resolves to the release of the slot, once one is free.
   *
   * @throws The signal's reason, if it is aborted first.
   */
  acquire(origin: string, signal: AbortSignal): Promise<() => void>;
}

interface Origin {
  used: number;
  readonly waiting: Set<() => void>;
}

export function createConnectionSlots(perOrigin: number): ConnectionSlots {
  const origins = new Map<string, Origin>();

  function release(name: string, origin: Origin): void {
    const [next] = origin.waiting;
    if (next !== undefined) {
      origin.waiting.delete(next);
      next();
      return;
    }
    origin.used -= 1;
    if (origin.used === 0) origins.delete(name);
  }

  return {
    async acquire(name, signal) {
      signal.throwIfAborted();
      const origin = origins.get(name) ?? { used: 0, waiting: new Set() };
      origins.set(name, origin);
      if (origin.used < perOrigin) origin.used += 1;
      else await turn(origin.waiting, signal);
      let held = true;
      return () => {
        if (held) release(name, origin);
        held = false;
      };
    },
  };
}

function turn(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const grant = (): void => {
      signal.removeEventListener("abort", leave);
      resolve();
    };
    const leave = (): void => {
      waiting.delete(grant);
      reject(signal.reason);
    };
    waiting.add(grant);
    signal.addEventListener("abort", leave, { once: true });
  });
}

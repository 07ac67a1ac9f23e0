/** Bounds how many exchanges run at once with one origin. First come, first served. */
export interface ConnectionSlots {
  /**
   * Resolves to the release of the slot, once one is free. Releasing twice is releasing once.
   *
   * @throws The signal's reason, if it is aborted first.
   */
  acquire(origin: string, signal: AbortSignal): Promise<() => void>;
  /** Whether all of the origin's slots are taken. */
  isBusy(origin: string): boolean;
  /** Whether so many wait for the origin already that one more would only take the place of another origin's. */
  isCrowded(origin: string): boolean;
  /** Call `listener`, once, when a crowded origin's queue has become shorter. */
  whenRoom(origin: string, listener: () => void): void;
}

interface Origin {
  used: number;
  readonly waiting: Set<() => void>;
  readonly listeners: Set<() => void>;
}

export function createConnectionSlots(perOrigin: number): ConnectionSlots {
  const origins = new Map<string, Origin>();

  const isCrowded = (name: string): boolean => (origins.get(name)?.waiting.size ?? 0) >= perOrigin;

  function originOf(name: string): Origin {
    const origin = origins.get(name) ?? { used: 0, waiting: new Set(), listeners: new Set() };
    origins.set(name, origin);
    return origin;
  }

  function release(name: string, origin: Origin): void {
    const [next] = origin.waiting;
    if (next !== undefined) next();
    else origin.used -= 1;
    if (origin.used === 0) origins.delete(name);
    tellRoom(origin);
  }

  /** Those who asked are told one after the other for as long as there is room: each may take it. */
  function tellRoom(origin: Origin): void {
    for (const listener of origin.listeners) {
      if (origin.waiting.size >= perOrigin) return;
      origin.listeners.delete(listener);
      listener();
    }
  }

  return {
    async acquire(name, signal) {
      signal.throwIfAborted();
      const origin = originOf(name);
      if (origin.used < perOrigin) origin.used += 1;
      else await turn(origin, signal, tellRoom);
      let held = true;
      return () => {
        if (held) release(name, origin);
        held = false;
      };
    },
    isBusy: (name) => (origins.get(name)?.used ?? 0) >= perOrigin,
    isCrowded,
    whenRoom: (name, listener) => void originOf(name).listeners.add(listener),
  };
}

function turn(origin: Origin, signal: AbortSignal, left: (origin: Origin) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const grant = (): void => {
      origin.waiting.delete(grant);
      signal.removeEventListener("abort", leave);
      resolve();
    };
    const leave = (): void => {
      origin.waiting.delete(grant);
      reject(signal.reason);
      left(origin);
    };
    origin.waiting.add(grant);
    signal.addEventListener("abort", leave, { once: true });
  });
}

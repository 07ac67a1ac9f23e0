/** A registration, as the scheduler sees it. */
export interface Schedulable {
  /** Start one more record; `false` if none is at hand. It must ask to be admitted again when that changes. */
  startNext(): boolean;
}

/** Chooses whose record is worked on next: one of each registration in turn, so many at once. */
export interface Scheduler {
  /** The registration has, or may have, a record to start. */
  admit(registration: Schedulable): void;
  hold(registration: Schedulable): void;
  /** A record has begun to exchange, or has stopped doing so. */
  count(change: 1 | -1): void;
}

/** A scheduler that keeps at most `maxActive` records exchanging. */
export function createScheduler(maxActive: number): Scheduler {
  const ring = new Set<Schedulable>();
  let active = 0;
  let pumping = false;

  function pump(): void {
    if (pumping) return;
    pumping = true;
    while (active < maxActive) {
      const [next] = ring;
      if (next === undefined) break;
      ring.delete(next);
      if (next.startNext()) ring.add(next);
    }
    pumping = false;
  }

  return {
    admit(registration) {
      ring.add(registration);
      pump();
    },
    hold(registration) {
      ring.delete(registration);
    },
    count(change) {
      active += change;
      if (change < 0) pump();
    },
  };
}

import type { FetchPriority } from "../models/registration-row.ts";

/** A registration, as the scheduler sees it. */
export interface Schedulable {
  readonly priority: FetchPriority;
  /** Start one more record; `false` if none is at hand. It must ask to be admitted again when that changes. */
  startNext(): boolean;
}

/** Chooses whose record is worked on next: of the highest priority that has any, one of each registration in turn. */
export interface Scheduler {
  /** The registration has, or may have, a record to start. */
  admit(registration: Schedulable): void;
  hold(registration: Schedulable): void;
  /** A record has begun to exchange, or has stopped doing so. */
  count(change: 1 | -1): void;
  /** Whether as many exchange as may. */
  isFull(): boolean;
}

/** A scheduler that keeps at most `maxActive` records exchanging. */
export function createScheduler(maxActive: number): Scheduler {
  const rings = { high: new Set<Schedulable>(), auto: new Set<Schedulable>(), low: new Set<Schedulable>() };
  let active = 0;
  let due = false;

  /** Not at once: whoever calls may be in the middle of a transition of a chart, and starting a record makes another. */
  function pumpSoon(): void {
    if (due) return;
    due = true;
    queueMicrotask(pump);
  }

  function pump(): void {
    due = false;
    while (active < maxActive) {
      const next = first(rings.high) ?? first(rings.auto) ?? first(rings.low);
      if (next === undefined) break;
      const ring = rings[next.priority];
      ring.delete(next);
      if (next.startNext()) ring.add(next);
    }
  }

  return {
    admit(registration) {
      rings[registration.priority].add(registration);
      pumpSoon();
    },
    hold(registration) {
      rings[registration.priority].delete(registration);
    },
    count(change) {
      active += change;
      if (change < 0) pumpSoon();
    },
    isFull: () => active >= maxActive,
  };
}

function first(ring: ReadonlySet<Schedulable>): Schedulable | undefined {
  const [member] = ring;
  return member;
}

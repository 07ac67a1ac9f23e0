import type { Clock } from "../../core/ports/index.ts";

/** Calls `tick` about every `ms` until the function that it returns is called. */
export type Pulse = (tick: () => void, ms: number) => () => void;

const pulseMs = 10_000;
/** Less may be a busy machine, or a clock that was set right. */
const gapMs = 30_000;

/**
 * Call `onWake` when the wall clock has gone on for half a minute more than this process: the machine, or the process,
 * was stopped meanwhile. Timers alone do not show it, as most systems stop their clock too.
 *
 * A wall clock that is put forward looks the same. One that is put back says nothing.
 */
export function watchSleep(clock: Clock, onWake: () => void, pulse: Pulse = systemPulse): () => void {
  let last = clock.now();
  return pulse(() => {
    const now = clock.now();
    const missing = now - last - pulseMs;
    last = now;
    if (missing > gapMs) onWake();
  }, pulseMs);
}

function systemPulse(tick: () => void, ms: number): () => void {
  // Unlike the engine's clock it must not keep a process alive that has nothing else to do.
  const timer = setInterval(tick, ms).unref();
  return () => clearInterval(timer);
}

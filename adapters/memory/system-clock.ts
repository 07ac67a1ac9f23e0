import type { Clock } from "../../core/ports/index.ts";

/** The longest delay a runtime's timer holds: 24.8 days. Node fires at once above it (H4). */
const longestTimer = 2 ** 31 - 1;

interface SystemTimer {
  handle: unknown;
}

/** The runtime's own clock. Delays of any length are kept, as a chain of timers. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  setTimeout(callback: (...args: unknown[]) => void, ms: number): unknown {
    const timer: SystemTimer = { handle: null };
    arm(timer, callback, Math.max(0, ms));
    return timer;
  }

  clearTimeout(timer: unknown): void {
    const handle = (timer as SystemTimer | null | undefined)?.handle;
    globalThis.clearTimeout(handle as ReturnType<typeof globalThis.setTimeout> | undefined);
  }
}

function arm(timer: SystemTimer, callback: () => void, ms: number): void {
  const step = Math.min(Math.ceil(ms), longestTimer);
  const due = monotonic() + step;
  timer.handle = globalThis.setTimeout(() => {
    // A runtime may round the moment of firing down: what is missing is waited for, so that nothing fires early.
    const rest = ms - step + Math.max(0, due - monotonic());
    if (rest > 0) arm(timer, callback, rest);
    else callback();
  }, step);
}

/** Wall clocks jump (H1); this one only goes on. */
function monotonic(): number {
  return globalThis.performance.now();
}

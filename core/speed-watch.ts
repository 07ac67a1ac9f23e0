import type { Clock } from "./ports/clock.ts";

/** When a connection is given up for another because it brings too little. */
export interface LowSpeed {
  /** 0 puts up with everything. */
  readonly bytesPerSecond: number;
  /** Over how many milliseconds of waiting. */
  readonly overMs: number;
}

/** Tells whether a body comes so slowly that a new connection is worth it. */
export interface SpeedWatch {
  /** From now on bytes are waited for. */
  wait(): void;
  /** So many have come, and were only compared: they count when the next are noted. */
  compared(bytes: number): void;
  /** So many have come; `true` if that is too little for the time that was waited. */
  note(bytes: number): boolean;
}

/**
 * Counts only the time in which bytes were waited for: a slow disk or reader says nothing of the connection.
 *
 * A connection that brings nothing at all is for the transport to notice.
 */
export function createSpeedWatch(clock: Clock, { bytesPerSecond, overMs }: LowSpeed): SpeedWatch {
  let since = clock.now();
  let waitedMs = 0;
  let received = 0;
  return {
    wait() {
      since = clock.now();
    },
    compared(bytes) {
      received += bytes;
    },
    note(bytes) {
      // A wall clock may be put back.
      waitedMs += Math.max(0, clock.now() - since);
      received += bytes;
      if (waitedMs < overMs) return false;
      const slow = (received * 1_000) / waitedMs < bytesPerSecond;
      waitedMs = 0;
      received = 0;
      return slow;
    },
  };
}

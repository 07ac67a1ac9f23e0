/** A server's Retry-After. It binds whatever else happens: neither a network that is back nor a restart comes before it. */
export interface Deadline {
  /** Milliseconds since 1970. */
  readonly untilMs: number;
  /** How long it was when it was set: a wall clock that was put back must not make it longer. */
  readonly lengthMs: number;
}

/** How long it still binds, in milliseconds; 0 if it does not. */
export function remainingMs(deadline: Deadline | null, nowMs: number): number {
  return deadline === null ? 0 : Math.max(0, Math.min(deadline.untilMs - nowMs, deadline.lengthMs));
}

/** How fast bytes came lately, from counts that only now and then are told. */
export interface RateWindow {
  /** So many bytes are there at `now`, in milliseconds. */
  add(bytes: number, now: number): void;
  /** Bytes per second; `null` until two counts lie apart far enough to tell. */
  rate(now: number): number | null;
}

/**
 * A rate over the last `windowMs`.
 *
 * Counts come with checkpoints, in steps: less than half a second of them says nothing. A count that fell (a response
 * that was restarted) begins anew.
 */
export function createRateWindow(windowMs = 5_000): RateWindow {
  let samples: { readonly bytes: number; readonly at: number }[] = [];
  return {
    add(bytes, now) {
      const last = samples.at(-1);
      if (last !== undefined && bytes < last.bytes) samples = [];
      if (last !== undefined && bytes === last.bytes) return;
      samples.push({ bytes, at: now });
      // The newest sample outside the window is where the window begins.
      const from = samples.findIndex(({ at }) => at > now - windowMs);
      if (from > 1) samples.splice(0, from - 1);
    },
    rate(now) {
      const last = samples.at(-1);
      const first = samples.findLast(({ at }) => at <= now - windowMs) ?? samples[0];
      if (first === undefined || last === undefined || now - first.at < 500) return null;
      if (now - last.at >= windowMs) return 0;
      return first === last ? null : ((last.bytes - first.bytes) * 1_000) / (now - first.at);
    },
  };
}

/**
 * What goes wrong with an answer, as data: JSON can say it, so a server of its own process can be told.
 *
 * Faults of a resource are used up in order: each applies to `times` requests (once, if it does not say), then the
 * next one does.
 */
export type Fault = FaultKind & { readonly times?: number | "always" };

export type FaultKind =
  /** Send the headers and `after` bytes of body, then close (`fin`) or reset (`rst`) the connection. */
  | { readonly type: "cut"; readonly after: number; readonly how: "fin" | "rst" }
  /** Close or reset before a single byte of answer. */
  | { readonly type: "drop"; readonly how: "fin" | "rst" }
  /** Answer with this instead. */
  | { readonly type: "status"; readonly status: number; readonly headers?: { readonly [name: string]: string } }
  /** Send the headers and `after` bytes of body, then nothing, and leave the connection open. */
  | { readonly type: "stall"; readonly after: number }
  /** Never answer. */
  | { readonly type: "silence" }
  /** Answer a range request with the whole, 200. */
  | { readonly type: "ignore-range" }
  /** Answer a range request with 206 whatever its `If-Range` says. */
  | { readonly type: "ignore-if-range" };

/** A queue of faults, each taken as often as it says. */
export interface FaultQueue {
  add(fault: Fault): void;
  clear(): void;
  take(): FaultKind | null;
}

export function createFaultQueue(initial: readonly Fault[]): FaultQueue {
  const waiting = initial.map((fault) => ({ fault, left: timesOf(fault) }));
  return {
    add(fault) {
      waiting.push({ fault, left: timesOf(fault) });
    },
    clear() {
      waiting.length = 0;
    },
    take() {
      const first = waiting[0];
      if (first === undefined) return null;
      first.left -= 1;
      if (first.left <= 0) waiting.shift();
      return first.fault;
    },
  };
}

function timesOf({ times = 1 }: Fault): number {
  return times === "always" ? Number.POSITIVE_INFINITY : times;
}

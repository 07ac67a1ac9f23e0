import type { Clock } from "./ports/clock.ts";

/** For so long an answer proves that the network is there. */
const proofMs = 30_000;

/** Remembers who answered last: one host that cannot be reached says nothing about the network while another answers. */
export interface Heard {
  note(origin: string): void;
  /** Whether any origin but this one answered a short while ago. */
  fromAnother(origin: string): boolean;
}

export function createHeard(clock: Clock): Heard {
  const answers = new Map<string, number>();
  return {
    note(origin) {
      answers.delete(origin);
      answers.set(origin, clock.now());
      // Two are enough: one of them is another.
      for (const oldest of answers.keys()) if (answers.size > 2) answers.delete(oldest);
    },
    fromAnother(origin) {
      const now = clock.now();
      return [...answers].some(([other, at]) => other !== origin && Math.abs(now - at) < proofMs);
    },
  };
}

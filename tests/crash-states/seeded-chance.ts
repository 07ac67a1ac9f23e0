/** Chance that a seed repeats. */
export interface SeededChance {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number from 0 up to, not including, `end`. */
  below(end: number): number;
  shuffle<T>(values: readonly T[]): readonly T[];
}

export function createSeededChance(...seeds: readonly number[]): SeededChance {
  let state = 0x9e3779b9;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  for (const seed of seeds) {
    state = Math.imul(state ^ seed, 0x85ebca6b);
    next();
  }
  const below = (end: number): number => Math.floor(next() * end);
  return {
    next,
    below,
    shuffle(values) {
      const shuffled = [...values];
      for (let at = shuffled.length - 1; at > 0; at -= 1) {
        const other = below(at + 1);
        const [one, two] = [shuffled[at], shuffled[other]];
        if (one === undefined || two === undefined) continue;
        shuffled[at] = two;
        shuffled[other] = one;
      }
      return shuffled;
    },
  };
}

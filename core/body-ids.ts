import type { Random } from "./ports/random.ts";

/** Bodies that follow each other under one prefix. */
const burst = 256;

/**
 * Names for new bodies: random, but the first two digits move on only every 256 names.
 *
 * A store that keeps bodies in folders by their first digits then makes many new ones in the same folder, and one
 * sync of that folder serves them all.
 */
export function createBodyIds(random: Random): () => string {
  let count = Math.floor(random.next() * burst) * burst;
  return () => {
    const prefix = Math.floor(count / burst) % burst;
    count += 1;
    return prefix.toString(16).padStart(2, "0") + random.id().slice(2);
  };
}

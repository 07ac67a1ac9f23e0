import type { Random } from "../../core/ports/index.ts";

/** Chance from the runtime's cryptographic source. */
export class CryptoRandom implements Random {
  next(): number {
    const [high = 0, low = 0] = globalThis.crypto.getRandomValues(new Uint32Array(2));
    // 27 and 26 bits: together the 53 that a number holds.
    return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
  }

  id(): string {
    // Not randomUUID: it exists in secure contexts only, and six of its bits are fixed.
    const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
}

import type { Random } from "../../core/ports/index.ts";

/** Bytes drawn at a time: asking the system for 16 at once costs as much as for all of these. */
const supply = 4096;

/** Chance from the runtime's cryptographic source. */
export class CryptoRandom implements Random {
  readonly #bytes = new Uint8Array(supply);
  #used = supply;

  next(): number {
    const view = this.#draw(8);
    // 27 and 26 bits: together the 53 that a number holds.
    return ((view.getUint32(0) >>> 5) * 2 ** 26 + (view.getUint32(4) >>> 6)) / 2 ** 53;
  }

  id(): string {
    // Not randomUUID: it exists in secure contexts only, and six of its bits are fixed.
    const view = this.#draw(16);
    return [0, 4, 8, 12].map((at) => view.getUint32(at).toString(16).padStart(8, "0")).join("");
  }

  /** Bytes that nobody was given before. */
  #draw(length: number): DataView {
    if (this.#used + length > supply) {
      globalThis.crypto.getRandomValues(this.#bytes);
      this.#used = 0;
    }
    const view = new DataView(this.#bytes.buffer, this.#used, length);
    this.#used += length;
    return view;
  }
}

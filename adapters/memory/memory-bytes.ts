/** A run of bytes that grows, as a file does: what was never written reads as zeros. */
export class MemoryBytes {
  #buffer = new Uint8Array();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  set(offset: number, chunk: Uint8Array): void {
    if (chunk.byteLength === 0) return;
    this.resize(Math.max(this.#length, offset + chunk.byteLength));
    this.#buffer.set(chunk, offset);
  }

  resize(length: number): void {
    if (length > this.#buffer.byteLength) {
      const grown = new Uint8Array(Math.max(length, 2 * this.#buffer.byteLength));
      grown.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = grown;
    }
    // What is cut off must not come back when the run grows again.
    this.#buffer.fill(0, length, this.#length);
    this.#length = length;
  }

  copy(start: number, end: number): Uint8Array {
    return this.#buffer.slice(start, Math.min(end, this.#length));
  }
}

/** A run of bytes that grows, as a file does: what was never written reads as zeros. */
export class MemoryBytes {
  /** What is noted beside it, as JSON. */
  note: string | null = null;
  #buffer = new Uint8Array();
  #length = 0;
  #synced = 0;

  /** How many bytes from the start are as they were at a `sync`. */
  get synced(): number {
    return this.#synced;
  }

  sync(): void {
    this.#synced = this.#length;
  }

  get length(): number {
    return this.#length;
  }

  set(offset: number, chunk: Uint8Array): void {
    if (chunk.byteLength === 0) return;
    this.#synced = Math.min(this.#synced, offset);
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
    this.#synced = Math.min(this.#synced, length);
  }

  copy(start: number, end: number): Uint8Array {
    return this.#buffer.slice(start, Math.min(end, this.#length));
  }
}

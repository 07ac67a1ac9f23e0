import { type Body, type JournalValue, LonghaulError } from "../../core/ports/index.ts";
import type { MemoryBytes } from "./memory-bytes.ts";

/** One handle on bytes in memory. */
export class MemoryBody implements Body {
  readonly #bytes: MemoryBytes;
  readonly #storeClosed: () => boolean;
  #closed = false;

  constructor(bytes: MemoryBytes, storeClosed: () => boolean) {
    this.#bytes = bytes;
    this.#storeClosed = storeClosed;
  }

  async write(offset: number, chunks: readonly Uint8Array[]): Promise<void> {
    this.#assertOpen();
    let position = offset;
    for (const chunk of chunks) {
      this.#bytes.set(position, chunk);
      position += chunk.byteLength;
    }
  }

  async sync(): Promise<void> {
    this.#assertOpen();
    this.#bytes.sync();
  }

  async truncate(length: number): Promise<void> {
    this.#assertOpen();
    this.#bytes.resize(length);
  }

  async note(value: JournalValue): Promise<void> {
    this.#assertOpen();
    this.#bytes.note = JSON.stringify(value);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
  }

  #assertOpen(): void {
    if (this.#closed || this.#storeClosed()) throw new LonghaulError("LONGHAUL_BODY_CLOSED", "The body is closed");
  }
}

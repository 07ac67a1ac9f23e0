import { crc32 } from "node:zlib";
import type { Proof } from "./sidecar-lines.ts";

/** No proof covers bytes of two blocks of this size: what is damaged costs at most one. */
const blockBytes = 1_048_576;

/**
 * Digests bytes on their way to the file, for as long as each batch follows the one before it.
 *
 * CRC-32 takes 4 GiB a second here, SHA-256 1.3. It is there to notice a disk that lies and hands that meddle; against an
 * attacker who may write to the store neither would help, as he could write the digest as well.
 */
export class RunningDigest {
  #start = 0;
  #position = 0;
  #digest = 0;

  /** Take `chunks`, which go to `offset`. Gives a proof of each block that they end, and of what they begin. */
  take(offset: number, chunks: readonly Uint8Array[]): readonly Proof[] {
    const proofs: Proof[] = [];
    if (offset !== this.#position) this.#begin(offset);
    for (const chunk of chunks) {
      for (let taken = 0; taken < chunk.byteLength; ) {
        if (this.#position % blockBytes === 0) this.#begin(this.#position);
        const piece = chunk.subarray(taken, taken + blockBytes - (this.#position % blockBytes));
        this.#digest = crc32(piece, this.#digest);
        this.#position += piece.byteLength;
        taken += piece.byteLength;
        if (this.#position % blockBytes === 0) proofs.push(this.#proof());
      }
    }
    if (this.#position > this.#start && this.#position % blockBytes !== 0) proofs.push(this.#proof());
    return proofs;
  }

  /** The bytes from `start` up to `end` are no longer those that were taken. */
  forget(start: number, end: number): void {
    if (this.#start < end && start < this.#position) this.#begin(-1);
  }

  #begin(offset: number): void {
    this.#start = offset;
    this.#position = offset;
    this.#digest = 0;
  }

  #proof(): Proof {
    return { start: this.#start, end: this.#position, digest: this.#digest };
  }
}

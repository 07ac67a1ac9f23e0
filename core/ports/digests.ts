import type { DigestAlgorithm } from "../../models/integrity.ts";

/** A digest that is being computed. */
export interface Digest {
  update(bytes: Uint8Array): void;
  /** The digest of all bytes given so far. Call it once, last. */
  finish(): Uint8Array;
}

/**
 * Computes digests a chunk at a time, which Web Crypto cannot.
 *
 * `create` must know all three algorithms (FIPS 180-4). `finish` must give the digest of the bytes of all updates in their
 * order, however they were split.
 */
export interface Digests {
  readonly name: string;
  create(algorithm: DigestAlgorithm): Digest;
}

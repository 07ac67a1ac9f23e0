/** The algorithms of Subresource Integrity. */
export type DigestAlgorithm = "sha256" | "sha384" | "sha512";

/** A digest that is being computed. */
export interface Digest {
  update(bytes: Uint8Array): void;
  /** The digest of all bytes given so far. Call it once, last. */
  finish(): Uint8Array;
}

/** Computes digests a chunk at a time, which Web Crypto cannot. All three algorithms must be there. */
export interface Digests {
  readonly name: string;
  create(algorithm: DigestAlgorithm): Digest;
}

import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import type { Digest, DigestAlgorithm, Digests } from "../../core/ports/index.ts";

const algorithms = { sha256, sha384, sha512 };

/** Digests in plain JavaScript, for any runtime. One with digests of its own is several times as fast. */
export class PortableDigests implements Digests {
  readonly name = "@noble/hashes";

  create(algorithm: DigestAlgorithm): Digest {
    const hash = algorithms[algorithm].create();
    return { update: (bytes) => void hash.update(bytes), finish: () => hash.digest() };
  }
}

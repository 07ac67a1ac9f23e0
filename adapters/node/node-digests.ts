import { createHash } from "node:crypto";
import type { Digest, DigestAlgorithm, Digests } from "../../core/ports/index.ts";

/** The digests of OpenSSL, which use what the processor has for them. */
export class NodeDigests implements Digests {
  readonly name = "node:crypto";

  create(algorithm: DigestAlgorithm): Digest {
    const hash = createHash(algorithm);
    return { update: (bytes) => void hash.update(bytes), finish: () => hash.digest() };
  }
}

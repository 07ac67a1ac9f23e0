/** The algorithms of Subresource Integrity, weakest first. */
export type DigestAlgorithm = "sha256" | "sha384" | "sha512";

/** What a body's digest must be: any one of `digests`, all of one algorithm. */
export interface Integrity {
  readonly algorithm: DigestAlgorithm;
  readonly digests: readonly Uint8Array[];
}

const algorithms: readonly DigestAlgorithm[] = ["sha256", "sha384", "sha512"];

/**
 * Read Subresource Integrity metadata; `null` if it requires nothing.
 *
 * As the standard has it: items of unknown algorithms, and what is no item, are passed over; of the known ones only the
 * strongest algorithm counts; base64 and base64url are both read; what follows a `?` is passed over. A digest of a
 * known algorithm that is too short or too long counts too, and is fulfilled by nothing.
 */
export function parseIntegrity(metadata: string): Integrity | null {
  const found = metadata.split(/[\t\n\f\r ]+/).flatMap((item) => itemOf(item) ?? []);
  for (const algorithm of algorithms.toReversed()) {
    const digests = found.filter((item) => item.algorithm === algorithm).map(({ digest }) => digest);
    if (digests.length > 0) return { algorithm, digests };
  }
  return null;
}

/** Whether a digest is one of those that are allowed. */
export function fulfils({ digests }: Integrity, digest: Uint8Array): boolean {
  return digests.some((wanted) => wanted.length === digest.length && wanted.every((byte, at) => byte === digest[at]));
}

/** A digest as metadata has it, for people to compare. */
export function formatDigest(algorithm: DigestAlgorithm, digest: Uint8Array): string {
  return `${algorithm}-${btoa(String.fromCharCode(...digest))}`;
}

function itemOf(item: string): { readonly algorithm: DigestAlgorithm; readonly digest: Uint8Array } | null {
  const [, name = "", value = ""] = /^(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+={0,2})(?:\?.*)?$/.exec(item) ?? [];
  const algorithm = algorithms.find((known) => known === name);
  if (algorithm === undefined) return null;
  return { algorithm, digest: bytesOf(value) };
}

/** Of what is no base64 after all, no bytes: no digest is that short. */
function bytesOf(base64: string): Uint8Array {
  try {
    const text = atob(base64.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(text, (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

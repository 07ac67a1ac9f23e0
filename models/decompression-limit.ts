/** What is decoded to so much is looked at: below, a long row of zeros is nothing unusual, and harms nobody. */
const suspiciousAboveBytes = 10 * 1024 * 1024;
const highestRatio = 100;

/**
 * Whether a body has become so much longer by decoding that it is there to fill the store, and nothing else.
 *
 * Asked while the body comes: `codedBytes` came from the wire so far, before every coding of a chain, and
 * `decodedBytes` out of them.
 */
export function isBomb(codedBytes: number, decodedBytes: number): boolean {
  return decodedBytes > suspiciousAboveBytes && decodedBytes > highestRatio * codedBytes;
}

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

/** Whether a file has the digest that Subresource Integrity metadata of one digest names. */
export async function hasChecksum(path: string, metadata: string): Promise<boolean> {
  const [, algorithm = "sha256", wanted = ""] = /^(sha\d+)-(.*)$/.exec(metadata) ?? [];
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  return hash.digest().equals(Buffer.from(wanted, "base64"));
}

import { Complaint } from "./complaint.ts";

const digits = { sha256: 64, sha384: 96, sha512: 128 };

/**
 * `--checksum` as Subresource Integrity metadata: `sha256=` and hexadecimal digits, as checksum files have them, or the
 * metadata itself, `sha256-` and base64.
 *
 * @throws Complaint if it is neither.
 */
export function checksumMetadata(text: string): string {
  const [, named = "", base64 = ""] = /^(sha(?:256|384|512))-([A-Za-z0-9+/_-]+={0,2})$/.exec(text) ?? [];
  if (base64 !== "" && Buffer.from(base64, "base64").length * 2 === digits[named as keyof typeof digits]) return text;
  const [, bits = "", hex = ""] = /^sha-?(256|384|512)=([0-9a-f]+)$/i.exec(text) ?? [];
  const algorithm = `sha${bits}` as keyof typeof digits;
  if (hex.length === 0 || hex.length !== digits[algorithm]) {
    throw new Complaint("--checksum is sha256=, sha384= or sha512= with that many bits in hexadecimal digits.");
  }
  return `${algorithm}-${Buffer.from(hex, "hex").toString("base64")}`;
}

import type { ResponseHead } from "./record-row.ts";

/** The names of RFC 9530 §5 and of RFC 3230 before it, and those of Subresource Integrity, the strongest first. */
const algorithms = [
  ["sha-512", "sha512"],
  ["sha-256", "sha256"],
] as const;

/**
 * What the server itself says that the digest of the whole body is, as integrity metadata; `""` if it says nothing that can be
 * compared.
 *
 * `Repr-Digest` and the older `Digest` speak of the representation, whatever part of it came; `Content-Digest` of what came
 * with this head, so that it counts for a 200 only. None of them counts where the body was decoded: they speak of the coded bytes.
 */
export function servedIntegrity({ status, headers }: ResponseHead): string {
  const field = (wanted: string): string => headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? "";
  const coding = field("content-encoding").trim().toLowerCase();
  if (coding !== "" && coding !== "identity") return "";
  const structured = [field("repr-digest"), ...(status === 200 ? [field("content-digest")] : [])].map(membersOf);
  for (const members of [...structured, legacyMembersOf(field("digest"))]) {
    for (const [name, known] of algorithms) {
      const digest = members.get(name);
      if (digest !== undefined) return `${known}-${digest}`;
    }
  }
  return "";
}

/** A dictionary of byte sequences (RFC 9651), as far as it is one: `sha-256=:…=:, sha-512=:…:`. */
function membersOf(text: string): ReadonlyMap<string, string> {
  return itemsOf(text, /^[ \t]*([a-z0-9*_.-]+)=:([A-Za-z0-9+/]+={0,2}):[ \t]*$/);
}

/** `SHA-256=…=,MD5=…` */
function legacyMembersOf(text: string): ReadonlyMap<string, string> {
  return itemsOf(text, /^[ \t]*([A-Za-z0-9-]+)=([A-Za-z0-9+/]+={0,2})[ \t]*$/);
}

function itemsOf(text: string, item: RegExp): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  for (const part of text.split(",")) {
    const [, name, value] = item.exec(part) ?? [];
    if (name !== undefined && value !== undefined) members.set(name.toLowerCase(), value);
  }
  return members;
}

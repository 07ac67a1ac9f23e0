import { describe, expect, it } from "vitest";
import { servedIntegrity } from "./repr-digest.ts";

const digest = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
const longer = "z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==";

const served = (headers: Readonly<Record<string, string>>, status = 200): string =>
  servedIntegrity({ status, statusText: "", url: "", headers: Object.entries(headers) });

describe("what a server says of the digest of its body", () => {
  it.each<[string, Record<string, string>, string]>([
    ["Repr-Digest", { "Repr-Digest": `sha-256=:${digest}:` }, `sha256-${digest}`],
    ["the strongest of several", { "repr-digest": `sha-256=:${digest}:, sha-512=:${longer}:` }, `sha512-${longer}`],
    ["Content-Digest of a 200", { "content-digest": `sha-256=:${digest}:` }, `sha256-${digest}`],
    ["the older Digest", { digest: `SHA-256=${digest},MD5=HUXZLQLMuI/KZ5KDcJPcOA==` }, `sha256-${digest}`],
    [
      "an identity that is written out",
      { "repr-digest": `sha-256=:${digest}:`, "content-encoding": "identity" },
      `sha256-${digest}`,
    ],
  ])("B18 is %s", (_, headers, integrity) => {
    expect(served(headers)).toBe(integrity);
  });

  it.each<[string, Record<string, string>, number]>([
    ["no field", {}, 200],
    ["an algorithm that is broken or unknown", { "repr-digest": `md5=:${digest}:, crc32c=:AAAA:` }, 200],
    ["what is no digest", { "repr-digest": `sha-256="${digest}", sha-256=::, sha-256=:a b:` }, 200],
    ["Content-Digest of a part", { "content-digest": `sha-256=:${digest}:` }, 206],
    ["anything about coded bytes", { "repr-digest": `sha-256=:${digest}:`, "content-encoding": "gzip" }, 200],
  ])("B18 is not %s", (_, headers, status) => {
    expect(served(headers, status)).toBe("");
  });
});

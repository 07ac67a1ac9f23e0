import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDigest, fulfils, parseIntegrity } from "./integrity.ts";

const digestOf = (algorithm: string, text: string): Uint8Array =>
  new Uint8Array(createHash(algorithm).update(text).digest());
const metadataOf = (algorithm: "sha256" | "sha384" | "sha512", text: string): string =>
  formatDigest(algorithm, digestOf(algorithm, text));

describe("integrity metadata", () => {
  it("is fulfilled by the digest it names, and by no other", () => {
    const integrity = parseIntegrity(metadataOf("sha256", "film"));

    expect(integrity && fulfils(integrity, digestOf("sha256", "film"))).toBe(true);
    expect(integrity && fulfils(integrity, digestOf("sha256", "Film"))).toBe(false);
    expect(integrity && fulfils(integrity, digestOf("sha512", "film"))).toBe(false);
  });

  // Mutant: the first algorithm counts.
  it("counts only its strongest algorithm", () => {
    const text = `${metadataOf("sha384", "strong")} ${metadataOf("sha256", "weak")}`;

    expect(parseIntegrity(text)).toMatchObject({ algorithm: "sha384", digests: [digestOf("sha384", "strong")] });
  });

  it("may name several digests, any of which will do", () => {
    const integrity = parseIntegrity(`${metadataOf("sha256", "one")}\t\n${metadataOf("sha256", "two")}`);

    for (const text of ["one", "two"]) expect(integrity && fulfils(integrity, digestOf("sha256", text))).toBe(true);
  });

  it("may be written in base64url, without padding, and with options", () => {
    const url = createHash("sha256").update("12").digest("base64url");

    expect(parseIntegrity(`sha256-${url}?ct=film`)?.digests).toEqual([digestOf("sha256", "12")]);
  });

  it.each(["", "md5-abc", "sha256-", "sha256=abc", "SHA256-abc", "sha256-%%%"])(
    "requires nothing when it says %j",
    (text) => {
      expect(parseIntegrity(text)).toBeNull();
    },
  );

  // Mutant: pass over what is too short.
  it("is fulfilled by nothing when its strongest digest is too short, whatever the weaker ones say", () => {
    for (const text of ["sha256-AAAA", `sha512-AAAA ${metadataOf("sha256", "film")}`, "sha256-A"]) {
      const integrity = parseIntegrity(text);
      expect(integrity && fulfils(integrity, digestOf("sha256", "film"))).toBe(false);
    }
  });

  it("never throws, whatever it says", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `sha256-${text}`),
        ),
        (text) => {
          parseIntegrity(text);
        },
      ),
    );
  });
});

import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { checksumMetadata } from "./checksum.ts";

const hex = createHash("sha256").update("x").digest("hex");
const metadata = `sha256-${createHash("sha256").update("x").digest("base64")}`;

describe("--checksum", () => {
  it.each([`sha256=${hex}`, `sha-256=${hex.toUpperCase()}`, metadata])("reads %s", (text) => {
    expect(checksumMetadata(text)).toBe(metadata);
  });

  it.each(["", hex, `sha256=${hex.slice(1)}`, `md5=${hex.slice(32)}`, `sha512=${hex}`, "sha256=", "sha256-AAAA"])(
    "refuses %j",
    (text) => {
      expect(() => checksumMetadata(text)).toThrow("--checksum is");
    },
  );
});

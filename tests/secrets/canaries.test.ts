import { describe, expect, it } from "vitest";
import { type Canary, canaries, found } from "./canaries.ts";

/** A search that finds nothing proves nothing: here it has something to find. */
describe("the search for secrets", () => {
  const forms: readonly (readonly [string, (value: string) => string])[] = [
    ["as they are", (value) => `a=${value};`],
    ["in a URL", (value) => `https://a.example/?k=${encodeURIComponent(value)}`],
    ["in base64", (value) => Buffer.from(value).toString("base64")],
    ["in base64, after one byte", (value) => Buffer.from(`:${value}:`).toString("base64")],
    ["in base64, after two", (value) => Buffer.from(`u:${value}:x`).toString("base64")],
    ["in base64url", (value) => Buffer.from(`u:${value}:x`).toString("base64url")],
    ["in hexadecimal", (value) => Buffer.from(value).toString("hex").toUpperCase()],
    ["percent-encoded, every byte", (value) => Buffer.from(value).toString("hex").replace(/../g, "%$&")],
  ];
  it.each(forms)("N11 finds each of them %s, and no other", (_, write) => {
    for (const [name, value] of Object.entries(canaries)) {
      expect(found(`before ${write(value)} after`)).toEqual([name as Canary]);
    }
  });

  it("N11 finds nothing in what has none", () => {
    expect(found(JSON.stringify({ url: "https://a.example/?…", authorization: "…" }))).toEqual([]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { destinationNames } from "./destination-names.ts";

describe("destinationNames", () => {
  it.each([
    { paths: ["a.iso", "b.iso"], names: ["a.iso", "b.iso"] },
    { paths: ["a.iso", "x/a.iso", "y/a.iso"], names: ["a.iso", "a (1).iso", "a (2).iso"] },
    { paths: ["a (1).iso", "a.iso", "x/a.iso"], names: ["a (1).iso", "a.iso", "a (2).iso"] },
    { paths: ["a", "A"], names: ["a", "A (1)"] },
    { paths: ["", ""], names: ["download", "download (1)"] },
  ])("$paths", ({ paths, names }) => {
    expect(destinationNames(paths.map((path) => `http://host/${path}`))).toEqual(names);
  });

  // Mutant: looking only for the last number given to a name lets `a (1)` meet another URL's own `a (1)`.
  it("gives no name twice, whatever the letters' case, and always the same ones", () => {
    const segment = fc.constantFrom("a", "A", "a (1)", "a (2)", "A (1)", "a.b", "a (1).b", "é", "e\u0301");
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 12 }), (segments) => {
        const urls = segments.map((text) => `http://host/${encodeURIComponent(text)}`);

        const names = destinationNames(urls);

        expect(new Set(names.map((name) => name.normalize("NFC").toLowerCase())).size).toBe(urls.length);
        expect(destinationNames(urls)).toEqual(names);
      }),
    );
  });

  it("names 100,000 URLs of one name in linear time", () => {
    const names = destinationNames(Array.from({ length: 100_000 }, (_, n) => `http://host/${n}/a`));

    expect(names.at(-1)).toBe("a (99999)");
  });
});

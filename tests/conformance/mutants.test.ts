import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { mutants } from "./mutants.ts";

describe("the mutants of the conformance cases", () => {
  it.each(mutants)("$rule: still change one place of $file", ({ file, find }) => {
    const source = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");

    expect(source.split(find)).toHaveLength(2);
  });
});

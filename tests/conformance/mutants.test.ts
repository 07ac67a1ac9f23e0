import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { faultMutants } from "../faults/mutants.ts";
import { mutants } from "./mutants.ts";

describe("the mutants", () => {
  it.each([...mutants, ...faultMutants])("$rule: still change one place of $file", ({ file, find }) => {
    const source = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");

    expect(source.split(find)).toHaveLength(2);
  });
});

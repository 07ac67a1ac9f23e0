import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), "utf8");

/** The string literals of a union type, in the order of the alphabet: a type leaves nothing behind to import. */
function literalsOf(source: string, type: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, "");
  const [, union = ""] = code.match(new RegExp(`export type ${type} =([^;]+);`)) ?? [];
  return [...union.matchAll(/"([^"]+)"/g)].map(([, literal = ""]) => literal).sort();
}

/** The first column of the table below a heading. */
function documented(markdown: string, heading: string): string[] {
  const [, section = ""] = markdown.split(`\n## ${heading}\n`);
  const [table = ""] = section.split("\n## ");
  return [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = ""]) => name);
}

describe("docs/errors.md", () => {
  let markdown: string;
  beforeAll(async () => {
    markdown = await read("docs/errors.md");
  });

  it.each([
    { heading: "Codes of LonghaulError", types: [["core/errors.ts", "LonghaulErrorCode"]] },
    { heading: "Failure reasons", types: [["models/failure-reason.ts", "FailureReason"]] },
    {
      heading: "Exchange failures",
      types: [
        ["models/exchange-failure.ts", "ExchangeFailureCode"],
        ["models/exchange-failure.ts", "TransportFailureCode"],
      ],
    },
  ])("explains each of the $heading once, and no other", async ({ heading, types }) => {
    const lists = types.map(async ([path = "", type = ""]) => literalsOf(await read(path), type));
    const coded = (await Promise.all(lists)).flat().sort();

    const explained = documented(markdown, heading).sort();

    expect(coded).not.toEqual([]);
    expect(explained).toEqual(coded);
  });

  it("says in every row what happened and what to do", () => {
    const rows = markdown.split("\n").filter((line) => line.startsWith("| `"));

    const empty = rows.filter((row) => row.split(" | ").filter((cell) => /[a-z]{3}/i.test(cell)).length !== 3);

    expect(empty).toEqual([]);
  });
});

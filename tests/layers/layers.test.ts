import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importRows } from "./import-rows.ts";
import { type StatementRow, statementRows } from "./statement-rows.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const biome = join(repository, "node_modules/@biomejs/biome/bin/biome");

const rows: readonly StatementRow[] = [
  ...importRows.flatMap(({ file, allows, refuses }) => [
    ...allows.map((source, n) => ({ file, statement: `export { a${n} } from "${source}";`, rule: null })),
    ...refuses.map((source, n) => ({
      file,
      statement: `export { r${n} } from "${source}";`,
      rule: "lint/style/noRestrictedImports",
    })),
  ]),
  ...statementRows,
];
const files = [...new Set(rows.map(({ file }) => file))];
const rowsOf = (file: string) => rows.filter((row) => row.file === file);

/** Run the linter once over `tree`; give the rules it reports as errors by `file:line`. */
async function lint(tree: string): Promise<Map<string, string[]>> {
  const args = [biome, "lint", "--colors=off", "--reporter=github", "--max-diagnostics=none", "."];
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd: tree, maxBuffer: 1e8 }, (_error, stdout) => resolve(stdout));
  });
  const found = new Map<string, string[]>();
  for (const [, rule = "", file = "", line] of output.matchAll(/^::error title=([^,]+),file=(.+?),line=(\d+)/gm)) {
    const place = `${file.slice(file.indexOf(tree) + tree.length + 1)}:${line}`;
    found.set(place, [...(found.get(place) ?? []), rule]);
  }
  return found;
}

/** The repository's own biome.json judges a tree like ours, one planted statement a line. */
describe("layers", () => {
  let tree: string;
  let found: Map<string, string[]>;

  beforeAll(async () => {
    tree = await mkdtemp(join(tmpdir(), "longhaul-layers-"));
    await cp(join(repository, "biome.json"), join(tree, "biome.json"));
    await cp(join(repository, "scripts"), join(tree, "scripts"), {
      recursive: true,
      filter: (source) => !source.endsWith(".mjs"),
    });
    for (const file of files) {
      await mkdir(join(tree, dirname(file)), { recursive: true });
      await writeFile(
        join(tree, file),
        rowsOf(file)
          .map(({ statement }) => `${statement}\n`)
          .join(""),
      );
    }
    found = await lint(tree);
  }, 60_000);
  afterAll(() => rm(tree, { recursive: true, force: true }));

  it.each(files)("%s is refused what is not its own, and nothing else", (file) => {
    const expected = rowsOf(file).map(({ statement, rule }) => ({ statement, rules: rule === null ? [] : [rule] }));

    const actual = expected.map(({ statement }, n) => ({ statement, rules: found.get(`${file}:${n + 1}`) ?? [] }));

    expect(actual).toEqual(expected);
  });
});

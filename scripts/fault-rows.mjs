// Every row of the fault matrix has a test whose title begins with its name, or a reason in docs/fault-rows.json.
import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";

const root = new URL("..", import.meta.url);
/** How many rows each theme has; there is no P, which would be taken for a principle. */
const themes = { A: 34, B: 24, C: 19, D: 14, E: 20, F: 23, G: 9, H: 6, I: 13, J: 9, K: 16, L: 12, M: 13, N: 16, O: 14, Q: 7 };
/** The themes of which nothing may be left open. */
const complete = "ABCDFGIJ";
const rows = Object.entries(themes).flatMap(([theme, count]) =>
  Array.from({ length: count }, (_, index) => `${theme}${index + 1}`),
);

/** Of a call of `it` or `test` in a test, of a `title` anywhere, of any literal in a file of scenarios. */
const titles = [
  { files: /\.test\.ts$/, pattern: /\b(?:it|test)(?:\.\w+)*(?:\([^()]*\))?\(\s*["'`]([^"'`]*)/g },
  { files: /\.ts$/, pattern: /\btitle:\s*["'`]([^"'`]*)/g },
  { files: /-scenarios\.ts$/, pattern: /["'`]([A-OQ]\d[^"'`]*)/g },
];
const named = /^[A-OQ]\d{1,2}(?:,? [A-OQ]\d{1,2})*(?=[\s,:])/;

/** Row by row, the files that test it. */
const tested = new Map();
for await (const file of glob("{models,core,adapters,cli,property-tests,tests}/**/*.ts", { cwd: root })) {
  const source = readFileSync(new URL(file, root), "utf8");
  for (const { files, pattern } of titles) {
    if (!files.test(file)) continue;
    for (const [, title] of source.matchAll(pattern)) {
      for (const row of named.exec(title)?.[0].split(/,? /) ?? []) {
        tested.set(row, (tested.get(row) ?? new Set()).add(file));
      }
    }
  }
}

const reasons = JSON.parse(readFileSync(new URL("docs/fault-rows.json", root), "utf8"));
const complaints = [
  ...[...tested.keys(), ...Object.keys(reasons)]
    .filter((row) => !rows.includes(row))
    .map((row) => `${row}: the matrix has no such row`),
  ...Object.keys(reasons)
    .filter((row) => tested.has(row))
    .map((row) => `${row}: has a reason to have no test, and a test in ${[...tested.get(row)].join(", ")}`),
  ...rows
    .filter((row) => complete.includes(row[0]) && !tested.has(row) && !Object.hasOwn(reasons, row))
    .map((row) => `${row}: has no test, and no reason to have none`),
];

if (process.argv.includes("--list")) {
  for (const row of rows) console.log(`${row.padEnd(4)} ${[...(tested.get(row) ?? [])].join(" ") || `- ${reasons[row] ?? "open"}`}`);
} else {
  for (const row of rows.filter((row) => !tested.has(row))) console.log(`${row.padEnd(4)} ${reasons[row] ?? "open"}`);
}
console.log(`${tested.size} of ${rows.length} rows of the fault matrix have a test`);
if (complaints.length > 0) {
  console.error(complaints.join("\n"));
  process.exitCode = 1;
}

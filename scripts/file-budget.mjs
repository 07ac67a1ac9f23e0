// Fails when the sources outgrow their budget: half of the files in 60 lines, nine of ten in 150, none over 300.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folders = ["models", "core", "adapters", "cli", "property-tests", "tests", "bench", "examples", "scripts"];
const budget = { median: 60, nineTenths: 150, most: 300 };
const isSource = (name) => /\.(ts|mjs|js)$/.test(name) && !name.endsWith(".d.ts");

/** The sources below `folders`, each with its count of lines, the longest last. */
async function measure(root) {
  const files = [];
  for (const folder of folders) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(ignoreMissing);
    for (const entry of entries.filter((each) => each.isFile() && isSource(each.name))) {
      const path = join(entry.parentPath, entry.name);
      if (path.includes("/node_modules/")) continue;
      const text = await readFile(path, "utf8");
      files.push({ path: path.slice(root.length), lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0) });
    }
  }
  return files.sort((a, b) => a.lines - b.lines);
}

/** Folders come and go with what is in them. */
function ignoreMissing(error) {
  if (error.code === "ENOENT") return [];
  throw error;
}

const files = await measure(fileURLToPath(new URL("..", import.meta.url)));
if (files.length === 0) throw new Error("No sources found: the folders have moved");
const at = (share) => files[Math.ceil(files.length * share) - 1];
const median = at(0.5).lines;
const nineTenths = at(0.9).lines;
const tooLong = files.filter(({ lines }) => lines > budget.most);

const complaints = [
  ...(median > budget.median ? [`Half of the files may have ${budget.median} lines; the median is ${median}`] : []),
  ...(nineTenths > budget.nineTenths
    ? [
        `Nine of ten files may have ${budget.nineTenths} lines; these have more:`,
        ...files.filter(({ lines }) => lines > budget.nineTenths).map(({ path, lines }) => `  ${path}: ${lines}`),
      ]
    : []),
  ...tooLong.map(({ path, lines }) => `No file may have ${budget.most} lines: ${path} has ${lines}`),
];
console.log(
  `${files.length} files, median ${median} lines, nine of ten within ${nineTenths}, most ${files.at(-1).lines}`,
);
for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) process.exitCode = 1;

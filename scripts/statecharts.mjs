// Writes docs/statecharts/*.mmd from the machines. With --check it writes nothing and fails if one is stale.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { recordMachine } from "../models/record.machine.ts";
import { registrationMachine } from "../models/registration.machine.ts";
import { mermaidOf } from "./mermaid-of.mjs";

const folder = new URL("../docs/statecharts/", import.meta.url);
const charts = { "record.mmd": mermaidOf(recordMachine), "registration.mmd": mermaidOf(registrationMachine) };

if (process.argv.includes("--check")) {
  for (const [name, chart] of Object.entries(charts)) {
    const kept = await readFile(new URL(name, folder), "utf8").catch(() => null);
    if (kept === chart) continue;
    console.error(`docs/statecharts/${name} is stale: run "node scripts/statecharts.mjs"`);
    process.exitCode = 1;
  }
} else {
  await mkdir(folder, { recursive: true });
  for (const [name, chart] of Object.entries(charts)) await writeFile(new URL(name, folder), chart);
}

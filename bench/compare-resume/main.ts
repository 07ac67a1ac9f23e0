import { writeFile } from "node:fs/promises";
import { installPeers } from "../npm-peers.ts";
import { compare } from "./compare.ts";
import { complaintsOf } from "./complaints.ts";
import { fieldOf } from "./contenders/index.ts";
import { type CompareOptions, help, readOptions } from "./options.ts";
import { pageOf } from "./page.ts";
import { scenarios as allScenarios } from "./scenarios/index.ts";
import { letterTable, sumTable } from "./table.ts";

const page = new URL("../../docs/resume-comparison.md", import.meta.url);
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (text: string): void => void process.stdout.write(`${text}\n`);

const options = readOptions(process.argv.slice(2));
if (options === null) print(help);
else process.exitCode = await run(options);

async function run({ only, scenario, withNpmPeers, write }: CompareOptions): Promise<number> {
  if (withNpmPeers) await installPeers();
  const { present, absent } = await fieldOf(only);
  for (const sentence of absent) say(`Skipped ${sentence}`);
  const scenarios = allScenarios.filter(
    ({ name }) => scenario.length === 0 || scenario.some((part) => name.includes(part)),
  );
  const rows = await compare(present, scenarios, say);
  print(`\n${sumTable(rows, scenarios)}\n\n${letterTable(rows, scenarios)}\n`);
  const complaints = complaintsOf(rows, scenarios);
  for (const complaint of complaints) print(complaint);
  if (write) await writeFile(page, await pageOf(rows, scenarios, { absent, complaints }));
  return complaints.length === 0 ? 0 : 1;
}

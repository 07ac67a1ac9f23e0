import { cpus, release } from "node:os";
import { verdictsOf } from "./budgets.ts";
import { type BenchOptions, help, readOptions } from "./options.ts";
import { tableOf } from "./report.ts";
import { runAll } from "./run-all.ts";
import type { JobResult } from "./run-job.ts";
import { presentSubjects } from "./subjects/index.ts";
import { missingProgram } from "./subjects/tools.ts";

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (text: string): void => void process.stdout.write(`${text}\n`);

const options = readOptions(process.argv.slice(2));
if (options === null) print(help);
else process.exitCode = await bench(options);

async function bench(options: BenchOptions): Promise<number> {
  const noServer = await missingProgram("nginx");
  if (noServer !== null) {
    say(`Nothing can be measured: ${noServer}`);
    return 1;
  }
  const subjects = await presentSubjects(options, say);
  const results = await runAll(options, subjects, say);
  const date = new Date().toISOString().slice(0, 10);
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Linux ${release()}, Node ${process.version}`;
  print(`${date}, ${machine}, rounds: ${options.rounds}\n`);
  for (const result of results) print(`${tableOf(result, subjects)}\n`);
  const broken = complaintsOf(results, options.smoke);
  for (const complaint of broken) print(complaint);
  return broken.length === 0 ? 0 : 1;
}

/** What went wrong with us. What fails for others is told in passing and breaks nothing. */
function complaintsOf(results: readonly JobResult[], smoke: boolean): readonly string[] {
  const failures = results.flatMap(({ job, failed }) =>
    [...failed]
      .filter(([name]) => name.startsWith("longhaul"))
      .map(([name, why]) => `FAILED ${name}, ${job.title}: ${why}`),
  );
  if (smoke) return failures;
  const verdicts = results.flatMap(verdictsOf);
  for (const { claim, kept } of verdicts)
    if (kept !== false) print(`${kept === null ? "not known" : "kept"}: ${claim}`);
  return [...failures, ...verdicts.filter(({ kept }) => kept === false).map(({ claim }) => `BROKEN ${claim}`)];
}

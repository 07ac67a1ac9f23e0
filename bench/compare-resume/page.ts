import { execFile } from "node:child_process";
import { cpus, release } from "node:os";
import { promisify } from "node:util";
import type { Row } from "./compare.ts";
import { letters } from "./outcome.ts";
import type { Scenario } from "./scenario.ts";
import { letterTable, sumTable } from "./table.ts";

/** `docs/resume-comparison.md`, as measured. */
export async function pageOf(
  rows: readonly Row[],
  scenarios: readonly Scenario[],
  { absent, complaints }: { readonly absent: readonly string[]; readonly complaints: readonly string[] },
): Promise<string> {
  return `# Resuming, compared

Written by \`npm run compare:resume -- --write\`; do not edit it. How it is measured is in
[bench/compare-resume/README.md](../bench/compare-resume/README.md).

A file of 1 MiB is downloaded, and the connection breaks after 300 KiB. Then one of ${scenarios.length} things happens. Everybody
goes on in the way that is meant for it, five times at most; then every byte is compared.

${await circumstances(rows)}

${sumTable(rows, scenarios)}

- **right**: reported as done, and every byte is of the file that the server has now.
- **silent corruption**: reported as done (exit code 0, a promise that resolves), and bytes are wrong or missing.
- **error**: given up, and told so. Right where the file cannot be had, and a pity elsewhere.
- **hung**: not over 30 seconds after a start.
- **nothing better**: scenarios in which nobody could have done better.
- **MiB for the same file**: what the server had to send where nothing changed. 1.00 is a resume, 1.29 a second start.

${absent.length === 0 ? "Nobody was missing." : `Missing on this machine:\n\n${list(absent)}`}

## Scenario by scenario

${letters.right} right, ${letters.silent} silent corruption, ${letters.error} error, ${letters.hung} hung.

${letterTable(rows, scenarios)}

## What happens in each

${list(scenarios.map(({ name, story }) => `**${name}**: ${story}`))}

## Where longhaul fell short

${complaints.length === 0 ? "Nowhere." : list(complaints.map((each) => each.replace(/^BROKEN /, "")))}
`;
}

async function circumstances(rows: readonly Row[]): Promise<string> {
  const date = new Date().toISOString().slice(0, 10);
  const versions = new Map<string, string>();
  for (const { contender } of rows) {
    const [program = contender.name] = contender.name.split(/[ ,]/);
    versions.set(program, await contender.version());
  }
  const names = [...versions].map(([name, version]) => `${name} ${version}`).join(", ");
  return `Measured on ${date} at commit ${await commit()}: ${names}; ${cpus().length} × ${cpus()[0]?.model.trim()}, Linux ${release()},
Node ${process.version}.`;
}

async function commit(): Promise<string> {
  const { stdout } = await promisify(execFile)("git", ["rev-parse", "--short", "HEAD"], { cwd: import.meta.dirname });
  return stdout.trim();
}

function list(entries: readonly string[]): string {
  return entries.map((entry) => `- ${entry.replaceAll(/\s+/g, " ")}`).join("\n");
}

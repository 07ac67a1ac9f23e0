// Break one rule at a time in a copy of the sources, and see the tests that guard it fail.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mutants } from "../tests/conformance/mutants.ts";
import { faultMutants } from "../tests/faults/mutants.ts";

const root = new URL("..", import.meta.url).pathname;
const copy = mkdtempSync(join(tmpdir(), "longhaul-mutants-"));
for (const name of [
  "adapters",
  "cli",
  "core",
  "models",
  "property-tests",
  "tests",
  "package.json",
  "tsconfig.base.json",
  "vitest.config.ts",
]) {
  cpSync(join(root, name), join(copy, name), { recursive: true });
}
symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));

const conformance = "tests/conformance/node.test.ts";
const all = [...mutants.map((mutant) => ({ ...mutant, test: conformance })), ...faultMutants];

/** Whether these tests pass; one that never ends does not. */
function passes(tests) {
  const args = ["run", ...tests, "--bail=1", "--testTimeout=5000"];
  const options = { cwd: copy, timeout: 120_000, encoding: "utf8" };
  const { status, stdout, stderr } = spawnSync(join(copy, "node_modules/.bin/vitest"), args, options);
  return { passed: status === 0, said: stdout + stderr };
}

let survivors = 0;
const baseline = passes([...new Set(all.map(({ test }) => test))]);
if (!baseline.passed) {
  console.error(`The tests fail without any mutant:\n${baseline.said}`);
  process.exitCode = 1;
} else {
  for (const { rule, file, find, replace, test } of all) {
    const source = readFileSync(join(copy, file), "utf8");
    writeFileSync(
      join(copy, file),
      source.replace(find, () => replace),
    );
    const survived = passes([test]).passed;
    writeFileSync(join(copy, file), source);
    if (survived) survivors += 1;
    console.log(`${survived ? "SURVIVED" : "caught  "}  ${rule}`);
  }
  console.log(`${all.length - survivors} of ${all.length} mutants caught`);
  if (survivors > 0) process.exitCode = 1;
}
rmSync(copy, { recursive: true });

// Ends with "N passed, N failed", from vitest's JSON report and the exit code of the whole run. A test that was skipped
// counts as failed, unless it is a contract's case about an ability that the adapter says it does not have.
import { readFile } from "node:fs/promises";

const [report, exitCode] = process.argv.slice(2);
const text = await readFile(report, "utf8").catch(() => '{"testResults":[]}');
const { testResults } = JSON.parse(text);
const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
const isContract = ({ ancestorTitles }) => ancestorTitles.some((title) => title.startsWith("contract: "));

const passed = tests.filter(({ status }) => status === "passed");
const failed = tests.filter(({ status }) => status === "failed");
const skipped = tests.filter(({ status }) => status !== "passed" && status !== "failed");
const unexplained = skipped.filter((test) => !isContract(test));
/** Files that broke outside of a test: they could not be loaded, or a hook threw. */
const broken = testResults.filter(
  ({ status, assertionResults }) => status === "failed" && !assertionResults.some((test) => test.status === "failed"),
);

const complaints = [
  ...failed.map(({ fullName }) => `failed: ${fullName}`),
  ...broken.map(({ name, message }) => `broken: ${name}: ${message}`),
  ...unexplained.map(({ fullName }) => `skipped: ${fullName}`),
];
if (complaints.length === 0 && tests.length === 0) complaints.push("no test ran");
if (complaints.length === 0 && exitCode !== "0") complaints.push(`a step outside of the tests ended with ${exitCode}`);

for (const complaint of complaints) console.log(complaint);
console.log(`${skipped.length - unexplained.length} contract cases do not apply to the adapter they were given`);
console.log(`${passed.length} passed, ${complaints.length} failed`);
if (complaints.length > 0) process.exitCode = 1;

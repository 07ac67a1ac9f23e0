// docs/spec-map.md names every section and every defect of the specification, and only files and tests that are there.
import { existsSync, readFileSync } from "node:fs";

const root = new URL("..", import.meta.url);
const sections = `permissions infrastructure service-worker-registration-concept-extensions background-fetch-concept
background-fetch-display-algorithm background-fetch-record-concept background-fetch-response-concept
perform-a-background-fetch-algorithm complete-a-record-algorithm update-background-fetch-instance-algorithm
fire-a-background-fetch-click-event-algorithm get-a-backgroundfetchregistration-instance-algorithm
validate-partial-response-algorithm extract-content-range-values-algorithm create-settled-fetches-algorithm
contains-background-fetch-algorithm header-syntax extensions-to-service-worker-global service-worker-global-events
extensions-to-service-worker-registration background-fetch-manager background-fetch-manager-fetch
background-fetch-manager-get background-fetch-manager-get-ids background-fetch-registration
background-fetch-registration-events background-fetch-registration-abort background-fetch-registration-match
background-fetch-registration-match-all background-fetch-record-interface background-fetch-event
background-fetch-update-ui-event automation-click privacy-and-bandwidth-use`.split(/\s+/);

const text = readFileSync(new URL("docs/spec-map.md", root), "utf8");
const rows = text
  .split("\n")
  .filter((line) => /^\| [^-]/.test(line) && !/^\| (section|defect) \|/.test(line))
  .map((line) => line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "")));
const complaints = [];

const names = rows.map(([name]) => name);
for (const section of sections) if (!names.includes(section)) complaints.push(`section ${section} has no row`);
for (let defect = 1; defect <= 27; defect += 1) {
  if (!names.some((name) => name.startsWith(`${defect} `))) complaints.push(`defect ${defect} has no row`);
}
const pathOf = (file) => new URL(file.replace(/^C\//, "tests/conformance/"), root);
for (const [name, , where = "", test = ""] of rows) {
  const files = [...where.matchAll(/`([^`]+)`/g)].map(([, file]) => file);
  const tests = [...test.matchAll(/`([^`]+)`: "(.+)"/g)];
  if (files.length === 0 || tests.length === 0) complaints.push(`${name}: names no file or no test`);
  for (const file of files) if (!existsSync(pathOf(file))) complaints.push(`${name}: ${file} is not there`);
  for (const [, file, title] of tests) {
    if (!existsSync(pathOf(file))) complaints.push(`${name}: ${file} is not there`);
    else if (!readFileSync(pathOf(file), "utf8").includes(title)) {
      complaints.push(`${name}: no test in ${file} says "${title}"`);
    }
  }
}
if (complaints.length > 0) {
  console.error(complaints.join("\n"));
  process.exitCode = 1;
}

import { fileURLToPath } from "node:url";
import { missingPackage } from "../npm-peers.ts";
import type { RunPlace, Subject } from "../subject.ts";

/** What a Node developer would take instead. Each runner is a script that gets the list and the output folder. */
export const libraries: readonly Subject[] = [
  library("node fetch → pipeline", null, "node-fetch.mjs", "not synced"),
  library("got", "got", "got.mjs", "not synced"),
  library("ipull", "ipull", "ipull.mjs", "not synced", ["one"]),
  library("node-downloader-helper", "node-downloader-helper", "node-downloader-helper.mjs", "not synced"),
];

function library(
  name: string,
  packageName: string | null,
  runner: string,
  remark: string,
  jobs: readonly string[] = ["one", "many"],
): Subject {
  const script = fileURLToPath(new URL(runner, import.meta.url));
  return {
    name,
    remark,
    handsOut: true,
    missing: async () => (packageName === null ? null : missingPackage(packageName)),
    command: ({ job, list, output }: RunPlace) =>
      jobs.includes(job.name) ? [process.execPath, script, list, output] : null,
  };
}

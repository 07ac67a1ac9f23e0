import { readFile } from "node:fs/promises";
import { manifestOf, missingPackage } from "../../npm-peers.ts";
import { type Contender, mostAttempts } from "../contender.ts";
import { runner } from "../runner.ts";

const both = "by itself, and the same program again";

/** What a Node developer would take instead. */
export const libraries: readonly Contender[] = [
  library("undici", "undici RetryAgent", "by itself", 1, "undici-retry-agent.mjs"),
  library("node-downloader-helper", "node-downloader-helper", both, mostAttempts, "node-downloader-helper.mjs"),
  library("ipull", "ipull, one stream", both, mostAttempts, "ipull.mjs"),
];

function library(packageName: string, name: string, manner: string, runs: number, script: string): Contender {
  return {
    name,
    manner,
    runs,
    missing: () => missingPackage(packageName),
    version: async () => JSON.parse(await readFile(manifestOf(packageName), "utf8")).version,
    command: ({ url, output }) => [process.execPath, runner(script), url, output],
  };
}

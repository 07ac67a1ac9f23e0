import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { ours } from "../../subjects/longhaul.ts";
import { type Contender, mostAttempts } from "../contender.ts";
import { runner } from "../runner.ts";

const cli = fileURLToPath(new URL("../../../dist/cli.js", import.meta.url));
const missing = async (): Promise<string | null> => (await ours[0]?.missing()) ?? null;

async function version(): Promise<string> {
  return JSON.parse(await readFile(new URL("../../../package.json", import.meta.url), "utf8")).version;
}

/** What this is about: a command that gives up at every break and is started again, and the engine that never gives up so soon. */
export const longhaul: readonly Contender[] = [
  {
    name: "longhaul get",
    manner: "the same command again (`--retries 0`)",
    runs: mostAttempts,
    missing,
    version,
    command: ({ url, output, scratch }) => [
      ...[process.execPath, cli, "get", "--quiet", "--retries", "0", "--store", scratch],
      ...["--output", output, url],
    ],
  },
  {
    name: "longhaul engine",
    manner: "by itself",
    runs: 1,
    missing,
    version,
    command: ({ url, output, scratch }) => [process.execPath, runner("longhaul-engine.mjs"), url, output, scratch],
  },
];

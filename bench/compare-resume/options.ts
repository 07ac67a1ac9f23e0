import { parseArgs } from "node:util";

export interface CompareOptions {
  /** Parts of names of those who take part. None: everybody. */
  readonly only: readonly string[];
  /** Parts of names of scenarios. None: all. */
  readonly scenario: readonly string[];
  readonly withNpmPeers: boolean;
  /** Whether `docs/resume-comparison.md` is written anew. */
  readonly write: boolean;
}

export const help = `node bench/compare-resume/main.ts [options]

  --only TEXT        only those whose name has TEXT; may be repeated. "longhaul" is the guard that CI runs
  --scenario TEXT    only scenarios whose name has TEXT; may be repeated
  --with-npm-peers   install the libraries of bench/package.json into bench/ first
  --write            write docs/resume-comparison.md: all of them, in all scenarios
`;

/**
 * Read the command line; `null` if it asks for help.
 *
 * @throws TypeError for an option that is unknown, or a page that would leave something out.
 */
export function readOptions(args: readonly string[]): CompareOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", multiple: true },
      scenario: { type: "string", multiple: true },
      "with-npm-peers": { type: "boolean" },
      write: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return null;
  const { only = [], scenario = [], write = false } = values;
  if (write && only.length + scenario.length > 0) {
    throw new TypeError("--write is for the whole table: leave out --only and --scenario");
  }
  return { only, scenario, withNpmPeers: values["with-npm-peers"] ?? false, write };
}

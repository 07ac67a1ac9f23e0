import { tmpdir } from "node:os";
import { parseArgs } from "node:util";

export interface BenchOptions {
  readonly rounds: number;
  /** Parts of names: all other subjects sit out, but for curl, which the ratios need. None: everybody takes part. */
  readonly only: readonly string[];
  /** None: both. */
  readonly jobs: readonly string[];
  /** Bytes of the one large file. */
  readonly size: number;
  /** How many small files. */
  readonly files: number;
  /** Where the bench keeps its files while it runs: the disk that is measured. */
  readonly directory: string;
  readonly withNpmPeers: boolean;
  /** Little of everything and no budgets: whether the bench works and every byte is right. */
  readonly smoke: boolean;
}

export const help = `npm run bench -- [options]

  --rounds N          timed rounds, each in an order of its own (3)
  --only TEXT         only subjects whose name has TEXT, and curl; may be repeated
  --job one|many      only this job
  --size MIB          of the one large file (2048)
  --files N           how many files of 4 KiB (10000)
  --directory PATH    on the disk to measure (the system's temporary folder)
  --with-npm-peers    install got, ipull and node-downloader-helper into bench/, and measure them too
  --smoke             32 MiB, 200 files, one round, no budgets: does everything work?
`;

/**
 * Read the command line; `null` if it asks for help.
 *
 * @throws TypeError for an option that is unknown, or not a positive number where one is needed.
 */
export function readOptions(args: readonly string[]): BenchOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: "string" },
      only: { type: "string", multiple: true },
      job: { type: "string", multiple: true },
      size: { type: "string" },
      files: { type: "string" },
      directory: { type: "string" },
      "with-npm-peers": { type: "boolean" },
      smoke: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return null;
  const smoke = values.smoke ?? false;
  return {
    rounds: positive("rounds", values.rounds, smoke ? 1 : 3),
    only: values.only ?? [],
    jobs: values.job ?? [],
    size: positive("size", values.size, smoke ? 32 : 2048) * 1024 * 1024,
    files: positive("files", values.files, smoke ? 200 : 10_000),
    directory: values.directory ?? tmpdir(),
    withNpmPeers: values["with-npm-peers"] ?? false,
    smoke,
  };
}

function positive(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new TypeError(`--${name} must be a positive whole number, not ${text}`);
}

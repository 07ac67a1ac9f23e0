import { Command, CommanderError, Option } from "commander";
import type { ShowOptions } from "./commands/show.ts";
import type { ExitCode } from "./complaint.ts";
import { complaintOf } from "./complaint-of.ts";
import type { GetOptions } from "./get-options.ts";
import { byteCount, positiveCount, retryCount } from "./option-values.ts";
import type { RunOptions } from "./run-options.ts";
import { storeDirectory } from "./store-directory.ts";
import { version } from "./version.ts";

/** What the command line gave, as commander leaves it. */
interface Given {
  readonly store?: string;
}

const footer = `
Exit codes: 0 success; 1 a transfer failed, what was received is kept; 2 wrong usage; 130 interrupted.
Downloads outlive the process: run the same command again, or "longhaul resume", and they go on.`;

/** Carry out one command line. @throws CommanderError once it has printed help, the version, or what is wrong. */
export async function runProgram(args: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = new Command("longhaul")
    .description("Downloads that outlive the process, the network and the night.")
    .version(version())
    .addHelpText("after", footer)
    .showHelpAfterError('Run "longhaul --help" to see what there is.')
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, "longhaul: ")) })
    .exitOverride();

  /** Each command is imported only when it is asked for: `ls` must not wait for an HTTP client to load. */
  const command = <Options extends Given>(
    usage: string,
    description: string,
    carryOut: (store: string, options: Options, operands: readonly string[]) => Promise<ExitCode>,
  ): Command =>
    program
      .command(usage)
      .description(description)
      .option("--store <dir>", "where downloads are kept until they are complete (default: this user's data folder)")
      .action(async (...given: unknown[]) => {
        const [options] = given.slice(-2) as [Options, Command];
        const store = storeDirectory(options.store);
        try {
          exitCode = await carryOut(store, options, given.slice(0, -2).flat() as string[]);
        } catch (error) {
          throw error instanceof CommanderError ? error : complaintOf(error, store);
        }
      });

  const running = (made: Command): Command =>
    made
      .addOption(
        new Option("--connections <n>", "at most so many transfers with one server (default: 6)").argParser(
          positiveCount,
        ),
      )
      .addOption(
        new Option("--retries <n>", "failures in a row before giving up on a file").default(40).argParser(retryCount),
      )
      .addOption(
        new Option("--network <which>", '"public": connect to no private address, and through no proxy')
          .choices(["any", "public"])
          .default("any"),
      )
      .option("--json", "print one JSON object per event (docs/cli.md)")
      .option("--quiet", "print nothing but what went wrong");

  running(
    command<GetOptions>(
      "get",
      "download URLs; the same command again goes on where it stopped",
      async (store, options, urls) => (await import("./commands/get.ts")).get(store, urls, options),
    ),
  )
    .argument("[url...]", "http: or https:")
    .option("-o, --output <file>", "save the one URL as this file")
    .option("-d, --directory <dir>", "save into this folder under the URLs' own names (default: the current one)")
    .option("-i, --input <file>", 'read further URLs from a file, one a line; "-" is the standard input')
    .option("--id <id>", "name the download (default: made from URLs and destination)")
    .option("--title <text>", "a title for people to read")
    .addOption(new Option("--total <bytes>", "fail once more than so many bytes have come").argParser(byteCount))
    .addOption(
      new Option("--header <line>", "send this header field, 'Name: value'; may be repeated").argParser(
        (line: string, lines: readonly string[] | undefined) => [...(lines ?? []), line],
      ),
    )
    .option("--checksum <sum>", "fail unless the file has this digest: sha256=HEX (or sha384, sha512)")
    .option("--force", "replace files that exist");

  command<Given & { readonly json?: boolean }>("ls", "list downloads", async (store, options) =>
    (await import("./commands/ls.ts")).ls(store, options),
  ).option("--json", "print one JSON object per download");

  command<Given & ShowOptions>("show", "show one download and its files", async (store, options, [id = ""]) =>
    (await import("./commands/show.ts")).show(store, id, options),
  )
    .argument("<id>")
    .addOption(new Option("--limit <n>", "show so many files").default(20).argParser(positiveCount))
    .option("--all", "show all files")
    .option("--json", "print one JSON object for the download and one per file");

  command("pause", "stop for now; nothing that was received is lost", async (store, _options, [id = ""]) =>
    (await import("./commands/pause.ts")).pause(store, id),
  ).argument("<id>");

  running(
    command<RunOptions & Given>(
      "resume",
      "go on with a download, or with all that are unfinished",
      async (store, options, [id = ""]) => (await import("./commands/resume.ts")).resume(store, id || null, options),
    ),
  ).argument("[id]");

  command("abort", "give a download up and delete what was received of it", async (store, _options, [id = ""]) =>
    (await import("./commands/abort.ts")).abort(store, id),
  ).argument("<id>");

  await program.parseAsync(args, { from: "user" });
  return exitCode;
}

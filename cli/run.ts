import { CommanderError } from "commander";
import type { ExitCode } from "./complaint.ts";
import { complaintOf } from "./complaint-of.ts";
import { runProgram } from "./program.ts";

/** Carry out one command line and set the process's exit code. Never rejects. */
export async function run(args: readonly string[]): Promise<void> {
  process.on("uncaughtException", (error) => process.exit(complain(error)));
  // Whoever reads what we say may go away: that must not look like a crash.
  process.stderr.on("error", () => undefined);
  try {
    process.exitCode = await runProgram(args);
  } catch (error) {
    process.exitCode = error instanceof CommanderError ? usageExitCode(error) : complain(error);
  }
}

/** Commander has said its sentence already; it ends `--help` and `--version` by an exception, too. */
function usageExitCode({ exitCode }: CommanderError): ExitCode {
  return exitCode === 0 ? 0 : 2;
}

function complain(error: unknown): ExitCode {
  const complaint = complaintOf(error, null);
  process.stderr.write(`longhaul: ${complaint.message}\n`);
  if (process.env["LONGHAUL_DEBUG"]) console.error(complaint.cause ?? complaint);
  return complaint.exitCode;
}

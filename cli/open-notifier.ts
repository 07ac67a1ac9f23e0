import type { Notifier } from "../core/ports/index.ts";
import type { RunOptions } from "./run-options.ts";

/** Keys are read where a person sits at a terminal and is shown something there; `undefined` elsewhere. */
export async function openNotifier(
  { json, quiet }: RunOptions,
  say: (line: string) => void,
): Promise<Notifier | undefined> {
  const { stdin, stderr, env } = process;
  if (json || quiet || !stdin.isTTY || !stderr.isTTY || env["TERM"] === "dumb") return undefined;
  const { TerminalNotifier } = await import("./view/terminal-notifier.ts");
  return new TerminalNotifier({
    keyboard: stdin,
    say,
    signal(name) {
      // Stopped with keys coming one by one, the shell would have no lines.
      if (name === "SIGTSTP") {
        stdin.setRawMode(false);
        process.once("SIGCONT", () => stdin.setRawMode(true));
      }
      process.kill(process.pid, name);
    },
  });
}

import type { Notifier } from "../core/ports/index.ts";
import { isForeground } from "./is-foreground.ts";
import type { RunOptions } from "./run-options.ts";

/** Keys are read where a person sits at a terminal and is shown something there; `undefined` elsewhere. */
export async function openNotifier(
  { json, quiet }: RunOptions,
  say: (line: string) => void,
): Promise<Notifier | undefined> {
  const { stdin, stderr, env } = process;
  // A person who typed the list of URLs has ended the standard input.
  if (stdin.readableEnded || stdin.destroyed) return undefined;
  if (json || quiet || !stdin.isTTY || !stderr.isTTY || env["TERM"] === "dumb" || !isForeground()) return undefined;
  const { TerminalNotifier } = await import("./view/terminal-notifier.ts");
  const listen = (): void => {
    if (!isForeground()) return;
    stdin.setRawMode(true);
    stdin.resume();
  };
  return new TerminalNotifier({
    keyboard: stdin,
    say,
    signal(name) {
      if (name === "SIGTSTP") {
        // Stopped with keys coming one by one, the shell would have no lines; in the background nobody may read at all.
        stdin.setRawMode(false);
        stdin.pause();
        process.off("SIGCONT", listen).on("SIGCONT", listen);
      }
      // To the whole group, as the terminal would: a shell looks at the leader, which may be npx.
      process.kill(0, name);
    },
  });
}

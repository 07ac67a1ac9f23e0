import type { RunOptions } from "./run-options.ts";
import type { View } from "./shown-event.ts";

/** Progress goes to the standard error; the standard output is for `--json` alone, so that it can be piped. */
export async function openView({ json, quiet }: RunOptions): Promise<View> {
  if (json) {
    const { createJsonView } = await import("./view/json-view.ts");
    return createJsonView((line) => process.stdout.write(`${line}\n`));
  }
  if (quiet) return { show: () => undefined, close: () => undefined };
  if (process.stderr.isTTY && process.env["TERM"] !== "dumb") {
    const { createTerminalView } = await import("./view/terminal-view.ts");
    return createTerminalView(process.stderr);
  }
  const { createPlainView } = await import("./view/plain-view.ts");
  return createPlainView((line) => process.stderr.write(`${line}\n`));
}

import type { ExitCode } from "../complaint.ts";
import { abortDownload } from "../control-commands.ts";
import { controlDownload } from "../control-download.ts";

/** Give a download up, wherever it runs, and delete what was received of it. */
export function abort(directory: string, id: string): Promise<ExitCode> {
  return controlDownload(directory, { command: "abort", id }, (store) => abortDownload(store, id));
}

import type { ExitCode } from "../complaint.ts";
import { pauseDownload } from "../control-commands.ts";
import { controlDownload } from "../control-download.ts";

/** Stop a download for now, wherever it runs. */
export function pause(directory: string, id: string): Promise<ExitCode> {
  return controlDownload(directory, { command: "pause", id }, (store) => pauseDownload(store, id));
}

import { existsSync } from "node:fs";
import type { ExitCode } from "./complaint.ts";
import { askOwner } from "./control/ask-owner.ts";
import type { ControlRequest } from "./control/control-protocol.ts";
import { unknownId } from "./find-row.ts";
import { type OpenStore, openStore } from "./open-store.ts";

/** Have it done by the process that runs the store, or do it here if there is none. @throws Complaint */
export async function controlDownload(
  directory: string,
  request: Exclude<ControlRequest, { readonly command: "states" | "explain" }>,
  doIt: (store: OpenStore) => Promise<string>,
): Promise<ExitCode> {
  // Looking for an id must not make a store.
  if (!existsSync(directory)) throw unknownId(request.id);
  const answer = await askOwner(directory, request);
  if (answer !== null) {
    process.stdout.write(`${answer.said}\n`);
    return 0;
  }
  await using store = await openStore(directory);
  process.stdout.write(`${await doIt(store)}\n`);
  return 0;
}

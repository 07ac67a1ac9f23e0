import type { RegistrationRow } from "../core/index.ts";
import { Complaint } from "./complaint.ts";
import { expectRow } from "./find-row.ts";
import type { OpenStore } from "./open-store.ts";
import { resumeHint } from "./resume-hint.ts";

/** Stop for now. Resolves, with what to tell the user, once it is durable. @throws Complaint */
export async function pauseDownload({ directory, engine, reader }: OpenStore, id: string): Promise<string> {
  const row = await expectRow(reader, id);
  const registration = await engine.backgroundFetch.get(id);
  if (registration === undefined) throw endedAlready(row, "pause");
  await registration.pause();
  return `Paused "${id}". Go on with: ${resumeHint(directory, id)}`;
}

/** Stop for ever, and delete what was received. @throws Complaint */
export async function abortDownload(store: OpenStore, id: string): Promise<string> {
  const { engine, reader } = store;
  const row = await expectRow(reader, id);
  const registration = await engine.backgroundFetch.get(id);
  if (registration !== undefined) {
    const released = store.released(id);
    await registration.abort();
    await released;
  } else if (!(await engine.forget(id))) {
    throw endedAlready(row, "abort");
  }
  return `Gave "${id}" up, and deleted what was received of it.`;
}

/** @throws Complaint if it is not active, and so cannot be paused or resumed. */
export function endedAlready({ id, failureReason, retained }: RegistrationRow, verb: string): Complaint {
  const how = failureReason === null ? "is complete" : failureReason === "aborted" ? "was aborted" : "has failed";
  const more = retained ? "resume it, or abort it to free what it kept" : `there is nothing to ${verb}`;
  return new Complaint(`"${id}" ${how} already: ${more}.`, 1);
}

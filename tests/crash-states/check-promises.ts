import type { RecordRow } from "../../models/record-row.ts";
import { isWhole, storedLength } from "../../models/record-row.ts";
import type { RegistrationRow } from "../../models/registration-row.ts";
import type { Promised, PromisedRecord } from "./acknowledgement.ts";
import { pathOfBody, recordsOf, registrationsOf, type StoreContents } from "./restored-store.ts";
import { allFetches, postedSeed, replaced, type ScenarioFetch, type ScenarioRecord } from "./scenario.ts";
import { trueBytes } from "./true-bytes.ts";
import { insistThat } from "./violation.ts";

const phases = ["active", "settled", "released"] as const;

/**
 * Nothing that was acknowledged is lost, and every byte is the right one. Only registrations in `mayFail` have failed.
 *
 * @throws Violation
 */
export function checkPromises(
  contents: StoreContents,
  promises: ReadonlyMap<string, Promised>,
  mayFail: ReadonlySet<string>,
): void {
  const registrations = registrationsOf(contents);
  for (const fetch of allFetches) {
    const row = registrations.find(({ id }) => id === fetch.id);
    const promised = promises.get(fetch.id);
    insistThat(promised === undefined || row !== undefined, () => `${fetch.id} was acknowledged and is gone`);
    for (const record of fetch.records) checkDestination(contents, record);
    if (row === undefined) continue;
    const failed = row.failureReason !== null && row.failureReason !== "aborted";
    insistThat(!failed || mayFail.has(fetch.id), () => `${fetch.id} has failed: ${row.failureReason}`);
    checkRegistration(contents, fetch, row, promised);
  }
}

function checkRegistration(
  contents: StoreContents,
  { id, records, posted }: ScenarioFetch,
  row: RegistrationRow,
  promised: Promised | undefined,
): void {
  const phase = phases.indexOf(row.phase);
  insistThat(phase >= (promised?.phase ?? 0), () => `${id} is ${row.phase} again`);
  insistThat(row.records === records.length, () => `${id} has ${row.records} records`);
  const aborted = row.failureReason === "aborted";
  insistThat(aborted || promised?.aborted !== true, () => `${id} is not aborted any more`);
  const rows = recordsOf(contents, row.uid);
  for (const [index, record] of records.entries()) {
    const what = `record ${index} of ${id}`;
    const kept = rows.get(index);
    if (row.phase === "released") checkDelivered(contents, record, aborted, what);
    else if (kept === undefined) insistThat(false, () => `The row of ${what} is gone`);
    else {
      checkRecord(contents, record, kept, promised?.records.get(index), what);
      if (posted === null || kept.state !== "pending") continue;
      insistThat(kept.sent || promised?.posted !== true, () => `${what} went out, and its row does not say so`);
      checkSpooled(contents, kept, posted, what);
    }
  }
}

function checkRecord(
  contents: StoreContents,
  record: ScenarioRecord,
  row: RecordRow,
  promised: PromisedRecord | undefined,
  what: string,
): void {
  const stored = storedLength(row);
  const bytes = promised?.bytes ?? 0;
  insistThat(stored >= bytes, () => `${what} has ${stored} bytes, and ${bytes} were acknowledged`);
  const state = promised?.state ?? row.state;
  insistThat(row.state === state, () => `${what} was acknowledged as ${state}, and is ${row.state}`);
  if (row.generation === null) return insistThat(stored === 0, () => `${what} has bytes of nothing`);
  const body = contents.files.get(pathOfBody(row.generation.bodyId));
  const whole = isWhole(row.generation);
  insistThat(!whole || stored === record.size, () => `${what} is whole with ${stored} bytes`);
  insistThat(row.state !== "success" || whole, () => `${what} is success, and not whole`);
  if (body !== undefined && !row.movedOut) {
    const right = body.byteLength >= stored && body.subarray(0, stored).equals(trueBytes(record.seed, stored));
    return insistThat(right, () => `The ${stored} bytes of ${what} are not those of the resource`);
  }
  if (row.state === "aborted" || stored === 0) return;
  insistThat(record.destination !== null && whole, () => `The body of ${what} is gone, with ${stored} bytes`);
  checkDelivered(contents, record, false, what);
}

/** What was moved out is there, whatever else is not. */
function checkDelivered({ files }: StoreContents, record: ScenarioRecord, aborted: boolean, what: string): void {
  if (record.destination === null || aborted) return;
  const found = files.get(record.destination);
  insistThat(found?.equals(trueBytes(record.seed, record.size)) === true, () => `${what} is not at its destination`);
}

/** A file at a destination is whole and right; one that it replaces is, before that. */
function checkDestination({ files }: StoreContents, record: ScenarioRecord): void {
  const { destination } = record;
  if (destination === null) return;
  const found = files.get(destination);
  const older = destination === replaced.path ? trueBytes(replaced.seed, replaced.size) : undefined;
  if (found === undefined) return insistThat(older === undefined, () => `What was at ${destination} before is gone`);
  const right = found.equals(trueBytes(record.seed, record.size)) || older?.equals(found) === true;
  insistThat(right, () => `The ${found.byteLength} bytes at ${destination} are not a whole file`);
}

function checkSpooled({ files }: StoreContents, { requestBody }: RecordRow, posted: number, what: string): void {
  const spooled = requestBody === null ? undefined : files.get(pathOfBody(requestBody.bodyId));
  const right = spooled?.equals(trueBytes(postedSeed, posted)) === true;
  insistThat(right, () => `The body that ${what} is to send is not what was given`);
}

import { bodyIdsOf } from "../models/kept-generation.ts";
import type { RecordRow } from "../models/record-row.ts";
import type { RegistrationRow } from "../models/registration-row.ts";
import type { EngineServices } from "./engine-services.ts";
import { dropRecords, putRecord } from "./journal.ts";

const pageSize = 1_000;

/** Bodies removed at the same time. */
const atOnce = 16;

/**
 * Let go of everything a registration kept: bodies first, then the rows that name them.
 *
 * Call it only once the journal says `released`: a crash on the way leaves garbage that the next start removes.
 */
export async function releaseRecords(services: EngineServices, { uid, records }: RegistrationRow): Promise<void> {
  for (let from = 0; from < records; from += pageSize) {
    await removeBodies(services, await services.journal.records(uid, from, pageSize));
  }
  await services.journal.commit([dropRecords(uid)]);
}

/**
 * Let go of the responses that failed a registration's records: once its event has been handled nobody can read them.
 *
 * @returns How many bytes they were.
 */
export async function releaseRefusals(services: EngineServices, { uid, records }: RegistrationRow): Promise<number> {
  const { journal, ports } = services;
  let bytes = 0;
  for (let from = 0; from < records; from += pageSize) {
    for (const row of await journal.records(uid, from, pageSize)) {
      if (row.refusal === null) continue;
      bytes += row.refusal.length;
      await journal.commit([putRecord(uid, { ...row, refusal: null })]);
      await ports.bodies.remove(row.refusal.bodyId);
    }
  }
  return bytes;
}

/** Remove the bodies that these rows name. */
export async function removeBodies({ ports }: EngineServices, rows: readonly RecordRow[]): Promise<void> {
  // One that was moved out is gone, and the look for it would cost as much as the rest.
  const bodyIds = rows.flatMap((row) => bodyIdsOf(row.movedOut ? { ...row, generation: null } : row));
  for (let from = 0; from < bodyIds.length; from += atOnce) {
    await Promise.all(bodyIds.slice(from, from + atOnce).map((bodyId) => ports.bodies.remove(bodyId)));
  }
}

import type { RecordRow } from "../models/record-row.ts";
import type { RegistrationRow } from "../models/registration-row.ts";
import type { EngineServices } from "./engine-services.ts";
import { dropRecords } from "./journal.ts";

const pageSize = 1_000;

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

/** Remove the bodies that these rows name. */
export async function removeBodies({ ports }: EngineServices, rows: readonly RecordRow[]): Promise<void> {
  for (const { generation, requestBody, movedOut } of rows) {
    if (generation !== null && !movedOut) await ports.bodies.remove(generation.bodyId);
    if (requestBody !== null) await ports.bodies.remove(requestBody.bodyId);
  }
}

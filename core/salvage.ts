import { parseBodyNote } from "../models/body-note.ts";
import { storedLength } from "../models/record-row.ts";
import { type FoundBody, salvagedRegistrations } from "../models/salvaged-registration.ts";
import type { EngineServices } from "./engine-services.ts";
import { putNextUid, putRecord, putRegistration } from "./journal.ts";

/** What was done about a journal that was damaged or lost. */
export interface Salvage {
  /** Where the damaged journal was put; `null` if there was none. */
  readonly setAside: string | null;
  /** Registrations whose rows were damaged, and were moved away within the journal. */
  readonly quarantined: number;
  /** Registrations that were rebuilt: active ones go on, the others are kept for the next fetch of their id. */
  readonly registrations: number;
  readonly bodies: number;
  /** Bytes that need not be fetched again. */
  readonly bytes: number;
}

/**
 * Rebuild rows from what is noted beside the bodies, if the journal is empty; if it is not, those of registrations whose own
 * rows are damaged (I11). `null` if there was nothing to do.
 *
 * Only bytes that are proven count: without a journal nobody knows what else was ever made durable (F17). One commit, so that
 * a kill on the way changes nothing, and the next start does the same again.
 */
export async function salvage(
  { journal, ports, events }: Pick<EngineServices, "journal" | "ports" | "events">,
  bodyIds: ReadonlySet<string>,
): Promise<Omit<Salvage, "setAside"> | null> {
  const damaged = new Set(await journal.damaged());
  if (damaged.size === 0 && (bodyIds.size === 0 || !(await journal.isEmpty()))) return null;
  const taken: string[] = [];
  for await (const row of journal.registrations()) if (row.phase === "active") taken.push(row.id);
  const found: FoundBody[] = [];
  for (const bodyId of ports.bodies.supports.notes ? bodyIds : []) {
    try {
      const note = parseBodyNote(bodyId, await ports.bodies.note(bodyId));
      if (note === null || (damaged.size > 0 && !damaged.has(note.registration.uid))) continue;
      const { proven } = await ports.bodies.intact(bodyId, (await ports.bodies.size(bodyId)) ?? 0);
      found.push({ note, proven });
    } catch (error) {
      // One that cannot be read must not keep the others from being found.
      events.emit("fault", { error, during: "looking for what is stored without a journal" });
    }
  }
  const salvaged = salvagedRegistrations(found, taken);
  if (damaged.size === 0 && salvaged.length === 0) return null;
  const quarantines = await Promise.all([...damaged].map((uid) => journal.quarantine(uid)));
  const nextUid = Math.max(await journal.nextUid(), ...salvaged.map(({ registration }) => registration.uid + 1));
  const records = salvaged.flatMap((one) => one.records);
  await journal.commit([
    ...quarantines.flat(),
    putNextUid(nextUid),
    ...salvaged.flatMap(({ registration, records: rows }) => [
      ...rows.map((row) => putRecord(registration.uid, row)),
      putRegistration(registration),
    ]),
  ]);
  const stored = records.map(storedLength).filter((length) => length > 0);
  return {
    quarantined: damaged.size,
    registrations: salvaged.length,
    bodies: stored.length,
    bytes: stored.reduce((sum, length) => sum + length, 0),
  };
}

import { bodyIdsOf } from "../models/kept-generation.ts";
import type { RegistrationRow } from "../models/registration-row.ts";
import type { EngineServices } from "./engine-services.ts";
import { dropRecords, dropRegistration } from "./journal.ts";
import { releaseRecords } from "./release.ts";

const pageSize = 1_000;

/** Released registrations that are remembered, for people to look back at. */
const historyLength = 100;

/** What the journal holds at the start. */
export interface Restored {
  readonly nextUid: number;
  /** Active, or settled with their event still owed; in the order in which they were made. */
  readonly unreleased: readonly RegistrationRow[];
  /** Released, oldest first. */
  readonly history: readonly RegistrationRow[];
}

/**
 * Read every registration's row. Records stay where they are until the scheduler wants them, but for those of a
 * registration that never became whole, and whose number the next one will have.
 */
export async function restore({ journal }: Pick<EngineServices, "journal">): Promise<Restored> {
  const unreleased: RegistrationRow[] = [];
  const history: RegistrationRow[] = [];
  let last = 0;
  for await (const row of journal.registrations()) {
    last = row.uid;
    (row.phase === "released" ? history : unreleased).push(row);
  }
  const nextUid = Math.max(await journal.nextUid(), last + 1);
  for (let uid = await journal.uidOfRecordsFrom(nextUid); uid !== null; uid = await journal.uidOfRecordsFrom(uid + 1)) {
    await journal.commit([dropRecords(uid)]);
  }
  return { nextUid, unreleased, history };
}

/**
 * Remove what a crash left behind: rows of registrations that never became whole or were already released, bodies
 * that no row names, and history nobody will look at.
 *
 * `bodyIds` must have been listed before the engine made any new body. May be stopped, and killed, anywhere.
 */
export async function collectGarbage(
  services: EngineServices,
  { unreleased, history, nextUid }: Restored,
  bodyIds: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<void> {
  const { journal, ports } = services;
  const kept = new Map([...unreleased, ...history.filter((row) => row.retained)].map((row) => [row.uid, row]));
  const released = new Map(history.map((row) => [row.uid, row]));
  const orphans = new Set(bodyIds);
  for (let uid = await journal.uidOfRecordsFrom(0); uid !== null; uid = await journal.uidOfRecordsFrom(uid + 1)) {
    const owner = kept.get(uid);
    const before = released.get(uid);
    if (owner === undefined && before !== undefined) await releaseRecords(services, before);
    else if (owner === undefined && uid < nextUid) await journal.commit([dropRecords(uid)]);
    for (let from = 0; owner !== undefined && from < owner.records && orphans.size > 0; from += pageSize) {
      if (signal.aborted) return;
      for (const row of await journal.records(uid, from, pageSize)) {
        for (const bodyId of bodyIdsOf(row)) orphans.delete(bodyId);
      }
    }
  }
  for (const bodyId of orphans) {
    if (signal.aborted) return;
    await ports.bodies.remove(bodyId);
  }
  const old = history.filter((row) => !row.retained).slice(0, -historyLength);
  if (old.length > 0) await journal.commit(old.map((row) => dropRegistration(row.uid)));
}

import { subtractRange } from "../models/byte-range.ts";
import { type Generation, isWhole, type RecordRow } from "../models/record-row.ts";
import type { EnginePorts } from "./ports/engine-ports.ts";

/** A record some of whose bytes may have been stored by an earlier process. */
export interface StoredRecord {
  row(): RecordRow;
  /** Bytes that an earlier process stored, and that nobody has looked at in this one; `null` if there are no more of them. */
  unexamined(): Generation | null;
  /** This much of them is what was stored: the rest does not count any more. */
  examined(generation: Generation, received: Generation["received"]): Promise<void>;
}

/**
 * What an earlier process stored counts only as far as it is still what was stored (F8, F9): the rest is fetched again.
 *
 * @throws The signal's reason, once it is aborted.
 */
export async function examineStored(
  { bodies }: Pick<EnginePorts, "bodies">,
  record: StoredRecord,
  signal: AbortSignal,
): Promise<void> {
  for (let generation = record.unexamined(); generation !== null; generation = record.unexamined()) {
    const { bodyId, received } = generation;
    // A body that is gone was moved to its destination before a restart: moving it again will tell.
    const mayBeMoved = record.row().destination !== null && isWhole(generation);
    const isMoved = mayBeMoved && (await bodies.size(bodyId, { signal })) === null;
    const length = received.at(-1)?.end ?? 0;
    const { intact } = isMoved ? { intact: length } : await bodies.intact(bodyId, length, { signal });
    await record.examined(generation, subtractRange(received, { start: intact, end: length }));
  }
}

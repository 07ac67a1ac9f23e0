import { subtractRange } from "../models/byte-range.ts";
import { type Generation, isWhole, type RecordRow } from "../models/record-row.ts";
import type { EnginePorts } from "./ports/engine-ports.ts";

/** A record some of whose bytes may have been stored by an earlier process. */
export interface StoredRecord {
  row(): RecordRow;
  /** Bytes that an earlier process stored, and that nobody has looked at in this one. */
  unexamined(): Generation | null;
  /** This much of them is what was stored: the rest does not count any more. */
  examined(received: Generation["received"]): Promise<void>;
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
  const generation = record.unexamined();
  if (generation === null) return;
  const { bodyId, received } = generation;
  // A body that is gone was moved to its destination before a restart: moving it again will tell.
  const mayBeMoved = record.row().destination !== null && isWhole(generation);
  if (mayBeMoved && (await bodies.size(bodyId, { signal })) === null) return;
  const length = received.at(-1)?.end ?? 0;
  const { intact } = await bodies.intact(bodyId, length, { signal });
  await record.examined(subtractRange(received, { start: intact, end: length }));
}

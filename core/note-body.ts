import { type Generation, isRepeatable, isWhole, type RecordRow } from "../models/record-row.ts";
import type { Body } from "./ports/body-store.ts";

/** A record that notes beside a body whose it is, for a store that loses its journal. */
export interface NotingRecord {
  row(): RecordRow;
  note(body: Body): Promise<void>;
}

/** `checkpoint`, and after the first one of a body that is not whole by then its note. */
export function noting(
  record: NotingRecord,
  checkpoint: (generation: Generation) => Promise<void>,
): (generation: Generation, body: Body) => Promise<void> {
  // What may not be asked for again cannot go on without its journal.
  let done = !isRepeatable(record.row());
  return async (generation, body) => {
    await checkpoint(generation);
    // A body that is whole at once is not worth a second file.
    if (!done && !isWhole(generation)) await record.note(body);
    done = true;
  };
}

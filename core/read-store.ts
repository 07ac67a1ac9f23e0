import type { RecordRow } from "../models/record-row.ts";
import type { RegistrationRow } from "../models/registration-row.ts";
import { openJournal } from "./journal.ts";
import type { JournalStore } from "./ports/journal-store.ts";

/** A store's rows, to look at while an engine may be running it. Disposing closes the journal. */
export interface StoreReader extends AsyncDisposable {
  /** In the order in which they were made. */
  registrations(): AsyncIterable<RegistrationRow>;
  /** In order of index, from index `from`, at most `limit`. */
  records(uid: number, from: number, limit: number): Promise<readonly RecordRow[]>;
}

/** Look at what a journal holds, without a lock and without changing anything. */
export function readStore(store: JournalStore): StoreReader {
  const journal = openJournal(store, 0);
  return {
    registrations: () => journal.registrations(),
    records: (uid, from, limit) => journal.records(uid, from, limit),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

import { openJournal } from "../../core/journal.ts";
import type { RecordRow, RegistrationRow } from "../../core/index.ts";
import { SqliteJournalStore } from "./sqlite-journal-store.ts";

/** A store's rows, to look at while another process may be running it. */
export interface StoreReader extends AsyncDisposable {
  /** In the order in which they were made. */
  registrations(): AsyncIterable<RegistrationRow>;
  /** In order of index, from index `from`, at most `limit`. */
  records(uid: number, from: number, limit: number): Promise<readonly RecordRow[]>;
}

/** Open the store in `directory` for reading only. Takes no lock and changes nothing. */
export async function readStore({ directory }: { readonly directory: string }): Promise<StoreReader> {
  const store = await SqliteJournalStore.open({ directory, readOnly: true });
  const journal = openJournal(store, 0);
  return {
    registrations: () => journal.registrations(),
    records: (uid, from, limit) => journal.records(uid, from, limit),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

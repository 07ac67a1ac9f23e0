import { SqliteJournalStore } from "../../adapters/node/sqlite-journal-store.ts";
import { SqliteLock } from "../../adapters/node/sqlite-lock.ts";

// Uses SQLite in every way, on a runtime that warns of it, as Node 22 does. The second warning is to be seen.
const [directory = ""] = process.argv.slice(2);
const load = process.getBuiltinModule;
process.getBuiltinModule = ((id: string) => {
  process.emitWarning("SQLite is an experimental feature and might change at any time", "ExperimentalWarning");
  process.emitWarning("Something else", "ExperimentalWarning");
  return load.call(process, id);
}) as typeof load;

await using lease = await new SqliteLock({ directory }).acquire();
await using store = await SqliteJournalStore.open({ directory });
await store.commit([], { fence: lease.fence });

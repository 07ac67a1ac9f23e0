import { SqliteJournalStore } from "../../adapters/node/sqlite-journal-store.ts";
import { SqliteLock } from "../../adapters/node/sqlite-lock.ts";

// Uses SQLite in every way, then gives a warning of its own.
const [directory = ""] = process.argv.slice(2);
await using lease = await new SqliteLock({ directory }).acquire();
await using store = await SqliteJournalStore.open({ directory });
await store.commit([], { fence: lease.fence });
process.emitWarning("Something else", "ExperimentalWarning");

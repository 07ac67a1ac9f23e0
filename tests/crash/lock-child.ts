import { SqliteLock } from "../../adapters/node/sqlite-lock.ts";

// Holds the lock of the folder it is given until it is killed.
const [directory = ""] = process.argv.slice(2);
const { fence } = await new SqliteLock({ directory }).acquire();
process.stdout.write(`${fence}\n`);
setInterval(() => {}, 60_000);

import { FileBodyStore } from "../../adapters/node/file-body-store.ts";
import { SqliteJournalStore } from "../../adapters/node/sqlite-journal-store.ts";
import { storeBytes, storeId } from "./store-bytes.ts";

// Appends to a body and commits how far it got, for ever, and says so only after both: until it is killed.
const [directory = "", from = "0"] = process.argv.slice(2);
const bodies = await FileBodyStore.open({ directory });
const journal = await SqliteJournalStore.open({ directory });
const body = Number(from) === 0 ? await bodies.create(storeId) : await bodies.open(storeId);

let offset = Number(from);
await body.truncate(offset);
for (;;) {
  // Batches of both kinds: those written at once, and those written on a thread.
  const length = 1_000 + ((offset * 7) % 150_000);
  const bytes = storeBytes(offset, offset + length);
  await body.write(offset, [bytes.subarray(0, length >> 1), bytes.subarray(length >> 1)]);
  await body.sync();
  offset += length;
  await Promise.all([
    journal.commit([{ type: "put", key: "offset", value: offset }], { fence: 1 }),
    journal.commit([{ type: "put", key: `mark/${String(offset).padStart(12, "0")}`, value: offset }], { fence: 1 }),
  ]);
  process.stdout.write(`${offset}\n`);
}

import {
  type JournalStoreHarness,
  journalStoreContract,
} from "../../property-tests/contracts/journal-store.contract.ts";
import { runWithVitest } from "../../property-tests/contracts/run-with-vitest.ts";
import { canMount, smallVolume } from "../../tests/faults/small-volume.ts";
import { testFolder } from "../../tests/faults/test-folder.ts";
import { SqliteJournalStore } from "./sqlite-journal-store.ts";

const small: Pick<JournalStoreHarness, "full"> = {
  full: () => SqliteJournalStore.open({ directory: smallVolume(3_000_000).path }),
};

runWithVitest(journalStoreContract, {
  name: "sqlite journal store",
  supports: { durable: true },
  async place() {
    const directory = testFolder();
    return { open: () => SqliteJournalStore.open({ directory }) };
  },
  async denied() {
    const directory = testFolder();
    const owner = await SqliteJournalStore.open({ directory });
    await owner[Symbol.asyncDispose]();
    return SqliteJournalStore.open({ directory, readOnly: true });
  },
  ...(canMount ? small : {}),
});

import { bodyStoreContract } from "../../property-tests/contracts/body-store.contract.ts";
import { journalStoreContract } from "../../property-tests/contracts/journal-store.contract.ts";
import { lockContract } from "../../property-tests/contracts/lock.contract.ts";
import { runWithVitest } from "../../property-tests/contracts/run-with-vitest.ts";
import { MemoryBodyStore } from "./memory-body-store.ts";
import { MemoryJournalStore } from "./memory-journal-store.ts";
import { MemoryLock } from "./memory-lock.ts";

runWithVitest(bodyStoreContract, {
  name: "memory body store",
  supports: { durable: false, moveOut: true, notes: true },
  async place() {
    const { bodies, delivered } = new MemoryBodyStore();
    let destinations = 0;
    return {
      open: async () => new MemoryBodyStore({ bodies, delivered }),
      destination: () => `destination ${destinations++}`,
      delivered: async (destination) => delivered.get(destination) ?? null,
    };
  },
});

runWithVitest(journalStoreContract, {
  name: "memory journal store",
  supports: { durable: false },
  async place() {
    const { rows } = new MemoryJournalStore();
    return { open: async () => new MemoryJournalStore({ rows }) };
  },
});

runWithVitest(lockContract, {
  name: "memory lock",
  supports: { acrossProcesses: false },
  async place() {
    const lock = new MemoryLock();
    return { lock: () => lock };
  },
});

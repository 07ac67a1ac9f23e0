import { join } from "node:path";
import fc from "fast-check";
import { describe, it } from "vitest";
import { MemoryJournalStore } from "../adapters/memory/memory-journal-store.ts";
import { SqliteJournalStore } from "../adapters/node/sqlite-journal-store.ts";
import type { JournalStore } from "../core/ports/index.ts";
import { testFolder } from "../tests/faults/test-folder.ts";
import { journalStoreCommands } from "./commands/journal-store-commands.ts";

const commands = fc.commands([...journalStoreCommands], { maxCommands: 40 });

async function check(numRuns: number, place: () => () => Promise<JournalStore>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(commands, async (program) => {
      const open = place();
      const real = { open, store: await open() };
      try {
        await fc.asyncModelRun(() => ({ model: { rows: new Map(), fence: 0 }, real }), program);
      } finally {
        await real.store[Symbol.asyncDispose]();
      }
    }),
    { numRuns },
  );
}

// Mutants seen to fail: a range that ends at the prefix's own `~`, `after` that is inclusive, a fence that is compared
// with `<=`, one that is forgotten at a restart, a refused commit that rolls its neighbours back.
describe("a journal store does what a map does, restarts and stale owners included", () => {
  it("in memory", async () => {
    await check(300, () => {
      const { rows } = new MemoryJournalStore();
      return async () => new MemoryJournalStore({ rows });
    });
  });

  it("in sqlite", { timeout: 60_000 }, async () => {
    const folder = testFolder();
    let places = 0;
    await check(30, () => {
      const directory = join(folder, String(places++));
      return () => SqliteJournalStore.open({ directory });
    });
  });
});

import { join } from "node:path";
import fc from "fast-check";
import { describe, it } from "vitest";
import { MemoryBodyStore } from "../adapters/memory/memory-body-store.ts";
import { FileBodyStore } from "../adapters/node/file-body-store.ts";
import type { BodyStore } from "../core/ports/index.ts";
import { testFolder } from "../tests/faults/test-folder.ts";
import { bodyStoreCommands } from "./commands/body-store-commands.ts";

const commands = fc.commands([...bodyStoreCommands], { maxCommands: 40 });

async function check(numRuns: number, place: () => () => Promise<BodyStore>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(commands, async (program) => {
      const open = place();
      const real = { open, store: await open() };
      try {
        await fc.asyncModelRun(() => ({ model: { bodies: new Map() }, real }), program);
      } finally {
        await real.store[Symbol.asyncDispose]();
      }
    }),
    { numRuns },
  );
}

// Mutants seen to fail: dropFirst off by one, truncate that keeps its tail, read that ignores `end`, remove that leaves
// an empty body, list that misses a shard.
describe("a body store does what a map of byte arrays does, restarts included", () => {
  it("in memory", async () => {
    await check(200, () => {
      const { bodies } = new MemoryBodyStore();
      return async () => new MemoryBodyStore({ bodies });
    });
  });

  it("in files", { timeout: 60_000 }, async () => {
    const folder = testFolder();
    let places = 0;
    await check(60, () => {
      const directory = join(folder, String(places++));
      return () => FileBodyStore.open({ directory });
    });
  });
});

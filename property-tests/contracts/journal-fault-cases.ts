import { type ContractCase, check } from "./contract.ts";
import type { JournalStoreHarness } from "./journal-store-harness.ts";
import { isSame, refuses, refusesAborted } from "./same.ts";

const first = { fence: 1 };

/** What a journal says when it cannot. */
export const journalFaultCases: readonly ContractCase<JournalStoreHarness>[] = [
  {
    title: "any method rejects with the signal's reason once it is aborted",
    async run(harness) {
      await using store = await (await harness.place()).open();
      await refusesAborted([
        (signal) => store.commit([{ type: "put", key: "k", value: 1 }], { ...first, signal }),
        (signal) => store.get("k", { signal }),
        (signal) => store.list({ prefix: "", limit: 1 }, { signal }),
      ]);
      check((await store.get("k")) === null, "and nothing was done");
    },
  },
  {
    title: "any method after disposal rejects with LONGHAUL_JOURNAL_CLOSED",
    async run(harness) {
      const store = await (await harness.place()).open();
      await store[Symbol.asyncDispose]();
      await refuses("LONGHAUL_JOURNAL_CLOSED", () => store.commit([], first));
      await refuses("LONGHAUL_JOURNAL_CLOSED", () => store.get("k"));
      await refuses("LONGHAUL_JOURNAL_CLOSED", () => store.list({ prefix: "", limit: 1 }));
    },
  },
  {
    title: "a store out of space rejects with LONGHAUL_JOURNAL_FULL, and keeps what it has",
    skip: ({ full }) => (full === undefined ? "no small store to be had" : undefined),
    async run(harness) {
      const store = await harness.full?.();
      check(store !== undefined, "the harness has a small store");
      await store.commit([{ type: "put", key: "a", value: 1 }], first);
      const large = store.commit([{ type: "put", key: "b", value: "x".repeat(5_000_000) }], first);
      const small = store.commit([{ type: "put", key: "c", value: 2 }], first);

      await refuses("LONGHAUL_JOURNAL_FULL", () => large);
      await small;
      const rows = await store.list({ prefix: "", limit: 9 });
      const expected = [
        { key: "a", value: 1 },
        { key: "c", value: 2 },
      ];
      check(isSame(rows, expected), "the others are there, nothing of the large one is");
      await store[Symbol.asyncDispose]();
    },
  },
  {
    title: "a store that may not write rejects with LONGHAUL_JOURNAL_DENIED",
    skip: ({ denied }) => (denied === undefined ? "no such store to be had" : undefined),
    async run(harness) {
      const store = await harness.denied?.();
      check(store !== undefined, "the harness has a store that may not write");
      await refuses("LONGHAUL_JOURNAL_DENIED", () => store.commit([{ type: "put", key: "a", value: 1 }], first));
      await store[Symbol.asyncDispose]();
    },
  },
];

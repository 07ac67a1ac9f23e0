import type { JournalRow, JournalStore } from "../../core/ports/index.ts";
import { type ContractCase, check } from "./contract.ts";
import type { JournalStoreHarness } from "./journal-store-harness.ts";
import { isSame } from "./same.ts";

async function put(store: JournalStore, keys: readonly string[]): Promise<void> {
  await store.commit(
    keys.map((key) => ({ type: "put", key, value: key })),
    { fence: 1 },
  );
}

async function keysOf(rows: Promise<readonly JournalRow[]>): Promise<readonly string[]> {
  return (await rows).map(({ key }) => key);
}

/** The obligations of `list`, and of the prefix that `delete-all` takes. */
export const journalListCases: readonly ContractCase<JournalStoreHarness>[] = [
  {
    title: "list gives rows in the order of their keys' characters",
    async run(harness) {
      await using store = await (await harness.place()).open();
      await put(store, ["b", "a~", "B", "a", "a b", "a0", "_", " "]);
      const expected = [" ", "B", "_", "a", "a b", "a0", "a~", "b"];
      check(isSame(await keysOf(store.list({ prefix: "", limit: 99 })), expected), "in ASCII order");
    },
  },
  {
    title: "list gives exactly the rows whose key starts with prefix",
    async run(harness) {
      await using store = await (await harness.place()).open();
      await put(store, ["r", "r/", "r/1", "r/~", "r/~~", "r0", "q/1", "R/1"]);
      check(
        isSame(await keysOf(store.list({ prefix: "r/", limit: 99 })), ["r/", "r/1", "r/~", "r/~~"]),
        "no neighbours",
      );
      // What LIKE or GLOB would take for wildcards are characters.
      check(isSame(await keysOf(store.list({ prefix: "r%", limit: 99 })), []), "no patterns");
    },
  },
  {
    title: "list gives only rows whose key is greater than after, at most limit of them",
    async run(harness) {
      await using store = await (await harness.place()).open();
      const keys = ["p/1", "p/10", "p/2", "p/3", "p/3 ", "p/30"];
      await put(store, [...keys, "p", "q"]);

      const paged: string[] = [];
      for (;;) {
        const page = await keysOf(store.list({ prefix: "p/", after: paged.at(-1), limit: 2 }));
        paged.push(...page);
        if (page.length < 2) break;
      }
      check(isSame(paged, keys), "pages join without gap or overlap");
      check(isSame(await keysOf(store.list({ prefix: "p/", after: "a", limit: 1 })), ["p/1"]), "after may lie before");
      check(isSame(await keysOf(store.list({ prefix: "p/", after: "z", limit: 1 })), []), "or behind");
    },
  },
  {
    title: "delete-all deletes every row whose key starts with prefix, and no other",
    async run(harness) {
      await using store = await (await harness.place()).open();
      await put(store, ["r", "r/1", "r/~~", "r0"]);
      await store.commit([{ type: "delete-all", prefix: "r/" }], { fence: 1 });
      check(isSame(await keysOf(store.list({ prefix: "", limit: 99 })), ["r", "r0"]), "no neighbours");
    },
  },
];

import type { JournalValue } from "../../core/ports/index.ts";
import { type ContractCase, check, rejection } from "./contract.ts";
import { journalFaultCases } from "./journal-fault-cases.ts";
import { journalListCases } from "./journal-list-cases.ts";
import type { JournalStoreHarness } from "./journal-store-harness.ts";
import { isSame, refuses } from "./same.ts";

export type { JournalStoreHarness } from "./journal-store-harness.ts";

const first = { fence: 1 };

const commitCases: readonly ContractCase<JournalStoreHarness>[] = [
  {
    title: "commit applies all of its changes, in their order",
    async run(harness) {
      await using store = await (await harness.place()).open();
      await store.commit([{ type: "put", key: "a", value: 0 }], first);
      await store.commit(
        [
          { type: "put", key: "a", value: 1 },
          { type: "put", key: "b/1", value: 2 },
          { type: "delete-all", prefix: "b/" },
          { type: "put", key: "b/2", value: 3 },
          { type: "delete", key: "a" },
          { type: "delete", key: "never there" },
        ],
        first,
      );

      const rows = await store.list({ prefix: "", limit: 9 });
      check(isSame(rows, [{ key: "b/2", value: 3 }]), "the last word on each key counts");
    },
  },
  {
    title: "commit applies the commits in the order of the calls, also when they are made at the same time",
    async run(harness) {
      await using store = await (await harness.place()).open();
      const values = Array.from({ length: 50 }, (_, n) => n);
      await Promise.all(values.map((value) => store.commit([{ type: "put", key: "k", value }], first)));
      check((await store.get("k")) === 49, "the last call wins");
    },
  },
  {
    title: "commit keeps what its caller gave it at the time of the call",
    async run(harness) {
      await using store = await (await harness.place()).open();
      const value = { count: 1 };
      const done = store.commit([{ type: "put", key: "k", value }], first);
      value.count = 2;
      await done;
      check(isSame(await store.get("k"), { count: 1 }), "a later change of the object is not stored");
      const got = (await store.get("k")) as { count: number };
      got.count = 3;
      check(isSame(await store.get("k"), { count: 1 }), "nor is one of what get gave");
    },
  },
  {
    title: "commit rejects with LONGHAUL_LOCK_LOST, and changes nothing, if a greater fence was ever committed",
    async run(harness) {
      const place = await harness.place();
      await using store = await place.open();
      await store.commit([{ type: "put", key: "k", value: "new" }], { fence: 7 });
      await refuses("LONGHAUL_LOCK_LOST", () => store.commit([{ type: "delete-all", prefix: "" }], { fence: 6 }));
      // Even a commit without changes is one.
      await store.commit([], { fence: 8 });
      await refuses("LONGHAUL_LOCK_LOST", () => store.commit([], { fence: 7 }));
      check((await store.get("k")) === "new", "the stale owner changed nothing");

      await using again = await place.open();
      await refuses("LONGHAUL_LOCK_LOST", () => again.commit([], { fence: 7 }));
    },
  },
  {
    title: "a commit that is refused does not spoil those made at the same time",
    async run(harness) {
      await using store = await (await harness.place()).open();
      const fences = [5, 4, 5, 6, 5, 6];
      const outcomes = await Promise.allSettled(
        fences.map((fence, n) => store.commit([{ type: "put", key: `k${n}`, value: fence }], { fence })),
      );

      const statuses = outcomes.map(({ status }) => status === "fulfilled");
      check(isSame(statuses, [true, false, true, true, false, true]), "each is judged by itself");
      const keys = (await store.list({ prefix: "k", limit: 9 })).map(({ key }) => key);
      check(isSame(keys, ["k0", "k2", "k3", "k5"]), "those that were taken are there, the others are not");
    },
  },
  {
    title: "what commit acknowledged is still there after a restart",
    skip: ({ supports }) => (supports.durable ? undefined : "not durable"),
    async run(harness) {
      const place = await harness.place();
      const store = await place.open();
      await store.commit([{ type: "put", key: "k", value: { deep: [1, null, "x"] } }], first);
      await store[Symbol.asyncDispose]();

      await using again = await place.open();
      check(isSame(await again.get("k"), { deep: [1, null, "x"] }), "acknowledged means still there");
    },
  },
  {
    title: "disposal waits for the commits that were begun",
    async run(harness) {
      const place = await harness.place();
      const store = await place.open();
      const begun = store.commit([{ type: "put", key: "k", value: 1 }], first);
      await store[Symbol.asyncDispose]();
      await begun;
      await store[Symbol.asyncDispose]();

      await using again = await place.open();
      check((await again.get("k")) === 1, "the commit is there");
    },
  },
  {
    title: "get gives back any JSON value exactly, and null for none",
    async run(harness) {
      await using store = await (await harness.place()).open();
      const values: readonly JournalValue[] = [
        "lone \ud800 surrogates \udfff",
        "\u0000 nul, \u2028, \ufeff and 😀",
        2 ** 53 - 1,
        -1.5e-300,
        { "": { __proto__x: [[], {}, false] } },
        "x".repeat(1_000_000),
      ];
      for (const [n, value] of values.entries()) await store.commit([{ type: "put", key: `k${n}`, value }], first);
      for (const [n, value] of values.entries()) check(isSame(await store.get(`k${n}`), value), `value ${n}`);
      check((await store.get("none")) === null, "a missing row is null");
    },
  },
  {
    title: "commit refuses a key that is not ASCII, empty, or longer than 200 characters",
    async run(harness) {
      await using store = await (await harness.place()).open();
      for (const key of ["", "ä", "\u0000", "x".repeat(201)]) {
        const error = await rejection(() => store.commit([{ type: "put", key, value: 1 }], first));
        check(error instanceof TypeError, `${JSON.stringify(key)} is not a key`);
      }
      await store.commit([{ type: "put", key: "~".repeat(200), value: 1 }], first);
      check((await store.get("~".repeat(200))) === 1, "200 characters are one");
    },
  },
];

/** What every `JournalStore` must do, whatever it keeps its rows in. */
export const journalStoreContract: readonly ContractCase<JournalStoreHarness>[] = [
  ...commitCases,
  ...journalListCases,
  ...journalFaultCases,
];

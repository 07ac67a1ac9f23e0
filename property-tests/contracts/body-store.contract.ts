import { bodyCases } from "./body-cases.ts";
import { type BodyStoreHarness, bodyIdOf, bytesOf, keep, listAll, readAll, readFirst } from "./body-store-harness.ts";
import { type ContractCase, check, rejection } from "./contract.ts";
import { moveOutCases } from "./move-out-cases.ts";
import { noteCases } from "./note-cases.ts";
import { isSame, refuses, refusesAborted } from "./same.ts";

export type { BodyStoreHarness, BodyStorePlace } from "./body-store-harness.ts";

const id = bodyIdOf(1);
const move = { length: 1, replace: false };

const storeCases: readonly ContractCase<BodyStoreHarness>[] = [
  {
    title: "create rejects with LONGHAUL_BODY_EXISTS if there is one, and leaves it as it is",
    async run(harness) {
      await using store = await (await harness.place()).open();
      await keep(store, id, bytesOf(10));

      await refuses("LONGHAUL_BODY_EXISTS", () => store.create(id));
      check(isSame(await readAll(store, id, 0, 10), bytesOf(10)), "the first body is untouched");
    },
  },
  {
    title: "open and read reject with LONGHAUL_BODY_MISSING if there is none",
    async run(harness) {
      await using store = await (await harness.place()).open();
      await refuses("LONGHAUL_BODY_MISSING", () => store.open(id));
      await refuses("LONGHAUL_BODY_MISSING", () => readFirst(store, id));
    },
  },
  {
    title: "size gives null for a missing body, and remove does not mind one",
    async run(harness) {
      await using store = await (await harness.place()).open();
      check((await store.size(id)) === null, "a missing body has no size");
      await store.remove(id);
      await keep(store, id, new Uint8Array());
      check((await store.size(id)) === 0, "an empty body has one");
      await store.remove(id);
      check((await store.size(id)) === null, "a removed body has none");
    },
  },
  {
    title: "read gives exactly the bytes of its slice, in buffers that stay as they are",
    async run(harness) {
      await using store = await (await harness.place()).open();
      await keep(store, id, bytesOf(1_500_000));
      const chunks: Uint8Array[] = [];
      for await (const chunk of store.read(id, { start: 70_001, end: 1_400_003 })) chunks.push(chunk);

      const bytes = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
      check(isSame(bytes, bytesOf(1_500_000).subarray(70_001, 1_400_003)), "not a byte more or less");
      check(
        isSame(await readAll(store, id, 1_499_999, 2_000_000), bytesOf(1_500_000).subarray(1_499_999)),
        "to its end",
      );
      check((await readAll(store, id, 5, 5)).byteLength === 0, "an empty slice is empty");
    },
  },
  {
    title: "list gives each body once, and nothing else",
    async run(harness) {
      await using store = await (await harness.place()).open();
      const ids = Array.from({ length: 20 }, (_, n) => bodyIdOf(n)).sort();
      for (const one of ids) await keep(store, one, bytesOf(1));

      check(isSame(await listAll(store), ids), "all of them");
      await store.remove(bodyIdOf(3));
      check(!(await listAll(store)).includes(bodyIdOf(3)), "a removed body is gone");
    },
  },
  {
    title: "refuses an id that is not 32 hexadecimal digits",
    async run(harness) {
      await using store = await (await harness.place()).open();
      for (const bad of ["", "../../../../etc/passwd", "A".repeat(32), "0".repeat(31), `${"0".repeat(32)}\n`]) {
        for (const act of [
          () => store.create(bad),
          () => store.open(bad),
          () => store.size(bad),
          () => store.remove(bad),
        ]) {
          check((await rejection(act)) instanceof TypeError, `${JSON.stringify(bad)} is not an id`);
        }
      }
    },
  },
  {
    title: "any method rejects with the signal's reason once it is aborted",
    async run(harness) {
      await using store = await (await harness.place()).open();
      await keep(store, id, bytesOf(1));
      await refusesAborted([
        (signal) => store.create(bodyIdOf(2), { signal }),
        (signal) => store.open(id, { signal }),
        (signal) => readFirst(store, id, signal),
        (signal) => store.size(id, { signal }),
        (signal) => store.remove(id, { signal }),
        (signal) => store.moveOut(id, "/nowhere", { ...move, signal }),
        (signal) => store.note(id, { signal }),
        (signal) => store.intact(id, 1, { signal }),
        async (signal) => store.list({ signal })[Symbol.asyncIterator]().next(),
      ]);
      check(isSame(await listAll(store), [id]), "and nothing was done");
    },
  },
  {
    title: "any method after disposal rejects with LONGHAUL_BODY_CLOSED",
    async run(harness) {
      const store = await (await harness.place()).open();
      const body = await store.create(id);
      await store[Symbol.asyncDispose]();
      for (const act of [
        () => store.create(bodyIdOf(2)),
        () => store.open(id),
        () => readFirst(store, id),
        () => store.size(id),
        () => store.remove(id),
        () => store.moveOut(id, "/nowhere", move),
        () => store.note(id),
        () => store.intact(id, 1),
        () => store.list()[Symbol.asyncIterator]().next(),
        () => body.write(0, [bytesOf(1)]),
        () => body.note(1),
      ]) {
        await refuses("LONGHAUL_BODY_CLOSED", act);
      }
    },
  },
  {
    title: "a store out of space rejects with LONGHAUL_BODY_FULL, and goes on when there is room",
    skip: ({ full }) => (full === undefined ? "no small store to be had" : undefined),
    async run(harness) {
      const store = await harness.full?.();
      check(store !== undefined, "the harness has a small store");
      const body = await store.create(id);
      await refuses("LONGHAUL_BODY_FULL", async () => {
        for (let n = 0; n < 5; n += 1) await body.write(n * 1_048_576, [new Uint8Array(1_048_576)]);
        await body.sync();
      });
      await body.truncate(0);
      await body.write(0, [bytesOf(10)]);
      check(isSame(await readAll(store, id, 0, 10), bytesOf(10)), "space given back can be used");
      await store[Symbol.asyncDispose]();
    },
  },
  {
    title: "a store that may not write rejects with LONGHAUL_BODY_DENIED",
    skip: ({ denied }) => (denied === undefined ? "no such store to be had" : undefined),
    async run(harness) {
      const store = await harness.denied?.();
      check(store !== undefined, "the harness has a store that may not write");
      await refuses("LONGHAUL_BODY_DENIED", () => store.create(id));
      await store[Symbol.asyncDispose]();
    },
  },
];

/** What every `BodyStore` must do, whatever it keeps its bytes in. */
export const bodyStoreContract: readonly ContractCase<BodyStoreHarness>[] = [
  ...storeCases,
  ...bodyCases,
  ...moveOutCases,
  ...noteCases,
];

import type { BodyStore } from "../../core/ports/index.ts";
import { type BodyStoreHarness, bodyIdOf, bytesOf, keep, listAll } from "./body-store-harness.ts";
import { type ContractCase, check } from "./contract.ts";
import { isSame } from "./same.ts";

const id = bodyIdOf(1);
const whole = { intact: 3_000_000, proven: 3_000_000 };
const skip = ({ supports }: BodyStoreHarness): string | undefined => (supports.notes ? undefined : "keeps no notes");

/** The obligations of `note` and `intact`. */
export const noteCases: readonly ContractCase<BodyStoreHarness>[] = [
  {
    title: "intact counts at most length bytes, and none of a missing body",
    async run(harness) {
      await using store = await (await harness.place()).open();
      await keep(store, id, bytesOf(1_000));

      check((await store.intact(id, 400)).intact === 400, "no more than was asked for");
      check((await store.intact(id, 2_000)).intact === 1_000, "no more than there is");
      check(isSame(await store.intact(bodyIdOf(2), 10), { intact: 0, proven: 0 }), "nothing of what is not there");
    },
  },
  {
    title: "note keeps the value beside the body, in place of an earlier one, and gives null if there is nothing",
    skip,
    async run(harness) {
      const place = await harness.place();
      const store = await place.open();
      await keep(store, id, bytesOf(10));
      check((await store.note(id)) === null, "nothing was noted");
      check((await store.note(bodyIdOf(2))) === null, "nor beside a missing body");
      await using body = await store.open(id);
      await body.note({ text: "käse\n", list: [1, null, true] });
      await body.note({ text: "later" });
      check(isSame(await store.note(id), { text: "later" }), "the later one");
      await body[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();

      await using again = await place.open();
      check(isSame(await again.note(id), { text: "later" }), "also after a restart");
      check(isSame(await listAll(again), [id]), "a note is not a body");
      check((await again.size(id)) === 10, "and not a part of one");
    },
  },
  {
    title: "a note goes with its body",
    skip,
    async run(harness) {
      const place = await harness.place();
      await using store = await place.open();
      for (const leave of [
        () => store.remove(id),
        () => store.moveOut(id, place.destination(), { length: 10, replace: false }),
      ]) {
        await noted(store, 10);
        await leave();
        check((await store.note(id)) === null, "it is gone");
        await keep(store, id, bytesOf(10));
        check((await store.note(id)) === null, "and does not come back with another body of the name");
        check(isSame(await store.intact(id, 10), { intact: 10, proven: 0 }), "nor does what it proved");
        await store.remove(id);
        if (!store.supports.moveOut) return;
      }
    },
  },
  {
    title: "intact proves what was written in order from the start, noted and synced",
    skip,
    async run(harness) {
      const place = await harness.place();
      const store = await place.open();
      await using body = await store.create(id);
      for (let start = 0; start < 2_500_000; start += 500_000) {
        await body.write(start, [bytesOf(500_000, start)]);
        if (start === 500_000) await body.sync();
      }
      await body.note(1);
      check(isSame(await store.intact(id, 3_000_000), { intact: 2_500_000, proven: 1_000_000 }), "what was synced");
      await body.sync();
      await body[Symbol.asyncDispose]();
      await using more = await store.open(id);
      await more.write(2_500_000, [bytesOf(500_000)]);
      await more.sync();
      await more[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();

      await using again = await place.open();
      check(isSame(await again.intact(id, 4_000_000), whole), "all of it, after a restart too");
      check(isSame(await again.intact(id, 700), { intact: 700, proven: 700 }), "or what was asked for");
    },
  },
  {
    title: "what is written over or cut off is not held against what takes its place",
    skip,
    async run(harness) {
      await using store = await (await harness.place()).open();
      await noted(store, 3_000_000);
      await using body = await store.open(id);
      await body.write(1_500_000, [bytesOf(500_000, 9)]);
      const { intact, proven } = await store.intact(id, 3_000_000);
      check(intact === 3_000_000 && proven <= 1_500_000, "what is new is neither doubted nor proven");
      await body.truncate(1_200_000);
      check((await store.intact(id, 3_000_000)).intact === 1_200_000, "no more than is left");
      await body.write(1_200_000, [bytesOf(1_000_000, 8)]);
      await body.sync();
      check((await store.intact(id, 3_000_000)).intact === 2_200_000, "what was written since counts");
    },
  },
  {
    title: "intact ends before the first byte that the store can tell is not what was written",
    skip,
    async run(harness) {
      const place = await harness.place();
      if (place.spoil === undefined) return;
      for (const offset of [2_900_000, 1_500_000, 0]) {
        await using store = await place.open();
        await noted(store, 3_000_000);
        await place.spoil(id, offset);
        const { intact, proven } = await store.intact(id, 3_000_000);
        check(intact <= offset && proven === intact, "the byte does not count");
        check(offset - intact <= 1_048_576, "what comes long before it does");
        await store.remove(id);
      }
    },
  },
  {
    title: "intact does not end before a byte only because its proof is lost",
    skip,
    async run(harness) {
      const place = await harness.place();
      if (place.spoilProofs === undefined) return;
      await using store = await place.open();
      await noted(store, 3_000_000);
      await place.spoilProofs(id);
      check(isSame(await store.intact(id, 3_000_000), { intact: 3_000_000, proven: 0 }), "bytes count, unproven");
      check((await store.note(id)) === null, "and the note is gone");
    },
  },
];

async function noted(store: BodyStore, length: number): Promise<void> {
  await using body = await store.create(id);
  await body.write(0, [bytesOf(length)]);
  await body.note("kept");
  await body.sync();
}

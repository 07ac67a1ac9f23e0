import { type BodyStoreHarness, bodyIdOf, bytesOf, keep, readAll } from "./body-store-harness.ts";
import { type ContractCase, check } from "./contract.ts";
import { isSame, refuses } from "./same.ts";

const id = bodyIdOf(1);

/** The obligations of a `Body`. */
export const bodyCases: readonly ContractCase<BodyStoreHarness>[] = [
  {
    title: "write puts every byte of chunks in order at offset",
    async run(harness) {
      await using store = await (await harness.place()).open();
      await using body = await store.create(id);
      await body.write(0, [bytesOf(10), new Uint8Array(), bytesOf(5, 1)]);
      await body.write(3, [bytesOf(4, 2)]);
      await body.write(15, []);

      const expected = [...bytesOf(3), ...bytesOf(4, 2), ...bytesOf(10).slice(7), ...bytesOf(5, 1)];
      check(isSame([...(await readAll(store, id, 0, 15))], expected), "the bytes are where they were put");
      check((await store.size(id)) === 15, "nothing else was written");
    },
  },
  {
    title: "write takes batches of any size and any number of chunks",
    async run(harness) {
      await using store = await (await harness.place()).open();
      await using body = await store.create(id);
      // More chunks than one system call takes (1,024), and more bytes than a small write has.
      const chunks = Array.from({ length: 2_500 }, (_, n) => bytesOf(n % 97, n));
      await body.write(0, chunks);

      const expected = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
      check(isSame(await readAll(store, id, 0, expected.byteLength + 1), expected), "every chunk is there, in order");
    },
  },
  {
    title: "write does not keep a reference to chunks once it has resolved",
    async run(harness) {
      await using store = await (await harness.place()).open();
      await using body = await store.create(id);
      const chunk = bytesOf(1_000);
      await body.write(0, [chunk]);
      chunk.fill(0);

      check(isSame(await readAll(store, id, 0, 1_000), bytesOf(1_000)), "a reused buffer changes nothing");
    },
  },
  {
    title: "write takes several ranges of one body at the same time",
    async run(harness) {
      await using store = await (await harness.place()).open();
      await using body = await store.create(id);
      await Promise.all([2, 0, 3, 1].map((n) => body.write(n * 100_000, [bytesOf(100_000, n)])));

      for (const n of [0, 1, 2, 3]) {
        const part = await readAll(store, id, n * 100_000, (n + 1) * 100_000);
        check(isSame(part, bytesOf(100_000, n)), `range ${n} is whole`);
      }
    },
  },
  {
    title: "what is written after a truncate joins what was left, and nothing cut off comes back",
    async run(harness) {
      await using store = await (await harness.place()).open();
      await using body = await store.create(id);
      await body.write(0, [bytesOf(10)]);
      await body.truncate(4);
      check((await store.size(id)) === 4, "truncate cuts");
      await body.write(6, [Uint8Array.of(9)]);

      const expected = [...bytesOf(4), 0, 0, 9];
      check(isSame([...(await readAll(store, id, 0, 10))], expected), "the gap reads as zeros");
    },
  },
  {
    title: "two handles on one body see one body",
    async run(harness) {
      await using store = await (await harness.place()).open();
      await using one = await store.create(id);
      await using other = await store.open(id);
      await one.write(0, [bytesOf(8)]);
      await other.write(8, [bytesOf(8, 1)]);
      await one.truncate(12);

      const expected = [...bytesOf(8), ...bytesOf(8, 1).slice(0, 4)];
      check(isSame([...(await readAll(store, id, 0, 99))], expected), "both wrote into the same bytes");
    },
  },
  {
    title: "what sync acknowledged is still there after a restart",
    skip: ({ supports }) => (supports.durable ? undefined : "not durable"),
    async run(harness) {
      const place = await harness.place();
      const store = await place.open();
      await keep(store, id, bytesOf(5_000));
      await store[Symbol.asyncDispose]();

      await using again = await place.open();
      check(isSame(await readAll(again, id, 0, 5_000), bytesOf(5_000)), "acknowledged means still there");
    },
  },
  {
    title: "a body rejects with LONGHAUL_BODY_CLOSED after its disposal, which waits for what was begun",
    async run(harness) {
      await using store = await (await harness.place()).open();
      const body = await store.create(id);
      // More than a runtime does at once, so that some have not even started when the disposal comes.
      const bytes = bytesOf(200_000);
      const begun = Array.from({ length: 16 }, (_, n) => body.write(n * 200_000, [bytes]));
      await body[Symbol.asyncDispose]();
      await Promise.all(begun);
      await body[Symbol.asyncDispose]();

      check((await store.size(id)) === 16 * 200_000, "the writes that were begun are whole");
      await refuses("LONGHAUL_BODY_CLOSED", () => body.write(0, [bytesOf(1)]));
      await refuses("LONGHAUL_BODY_CLOSED", () => body.sync());
      await refuses("LONGHAUL_BODY_CLOSED", () => body.truncate(0));
    },
  },
];

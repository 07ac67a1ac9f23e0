import { type BodyStoreHarness, bodyIdOf, bytesOf, keep, readAll } from "./body-store-harness.ts";
import { type ContractCase, check } from "./contract.ts";
import { isSame, refuses } from "./same.ts";

const id = bodyIdOf(1);
const skip = ({ supports }: BodyStoreHarness): string | undefined =>
  supports.moveOut ? undefined : "bodies cannot be moved out";

/** The obligations of `moveOut`. */
export const moveOutCases: readonly ContractCase<BodyStoreHarness>[] = [
  {
    title: "moveOut takes the body out of the store",
    skip,
    async run(harness) {
      const place = await harness.place();
      await using store = await place.open();
      const destination = place.destination();
      await keep(store, id, bytesOf(300_000));
      await store.moveOut(id, destination, { length: 300_000, replace: false });

      check(isSame(await place.delivered(destination), bytesOf(300_000)), "all of it is at the destination");
      check((await store.size(id)) === null, "and it is no longer in the store");
    },
  },
  {
    title: "moveOut rejects with LONGHAUL_BODY_DESTINATION_EXISTS and changes nothing if something is there already",
    skip,
    async run(harness) {
      const place = await harness.place();
      await using store = await place.open();
      const destination = place.destination();
      await keep(store, id, bytesOf(10));
      await store.moveOut(id, destination, { length: 10, replace: false });
      // Of the same length, so that only the body's being there still tells it from a repeated call.
      await keep(store, id, bytesOf(10, 1));

      await refuses("LONGHAUL_BODY_DESTINATION_EXISTS", () =>
        store.moveOut(id, destination, { length: 10, replace: false }),
      );
      check(isSame(await place.delivered(destination), bytesOf(10)), "what was there is there");
      check(isSame(await readAll(store, id, 0, 10), bytesOf(10, 1)), "and so is the body");
    },
  },
  {
    title: "moveOut with replace replaces what is there",
    skip,
    async run(harness) {
      const place = await harness.place();
      await using store = await place.open();
      const destination = place.destination();
      await keep(store, id, bytesOf(10));
      await store.moveOut(id, destination, { length: 10, replace: true });
      await keep(store, id, bytesOf(20, 1));
      await store.moveOut(id, destination, { length: 20, replace: true });

      check(isSame(await place.delivered(destination), bytesOf(20, 1)), "the second body");
      check((await store.size(id)) === null, "and it is no longer in the store");
    },
  },
  {
    title: "moveOut is safe to repeat: if the body is gone and destination holds length bytes, it resolves",
    skip,
    async run(harness) {
      const place = await harness.place();
      await using store = await place.open();
      const destination = place.destination();
      await keep(store, id, bytesOf(10));
      await store.moveOut(id, destination, { length: 10, replace: false });
      await store.moveOut(id, destination, { length: 10, replace: false });
      await store.moveOut(id, destination, { length: 10, replace: true });

      check(isSame(await place.delivered(destination), bytesOf(10)), "the body is there");
      await refuses("LONGHAUL_BODY_MISSING", () => store.moveOut(id, destination, { length: 11, replace: true }));
      await refuses("LONGHAUL_BODY_MISSING", () =>
        store.moveOut(id, place.destination(), { length: 10, replace: false }),
      );
    },
  },
];

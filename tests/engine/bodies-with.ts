import type { BodyStore } from "../../core/ports/index.ts";

/** The same store, some of whose methods are the test's. */
export function bodiesWith(bodies: BodyStore, own: Partial<BodyStore>): BodyStore {
  return {
    name: bodies.name,
    supports: bodies.supports,
    create: (...given) => bodies.create(...given),
    open: (...given) => bodies.open(...given),
    read: (...given) => bodies.read(...given),
    size: (...given) => bodies.size(...given),
    remove: (...given) => bodies.remove(...given),
    list: (...given) => bodies.list(...given),
    note: (...given) => bodies.note(...given),
    intact: (...given) => bodies.intact(...given),
    moveOut: (...given) => bodies.moveOut(...given),
    [Symbol.asyncDispose]: () => bodies[Symbol.asyncDispose](),
    ...own,
  };
}

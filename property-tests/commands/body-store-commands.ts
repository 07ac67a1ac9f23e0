import fc from "fast-check";
import { isLonghaulError } from "../../core/errors.ts";
import type { BodyStore } from "../../core/ports/index.ts";
import { bodyIdOf, listAll, readAll } from "../contracts/body-store-harness.ts";
import { check } from "../contracts/contract.ts";
import { isSame } from "../contracts/same.ts";

export interface BodyStoreModel {
  readonly bodies: Map<string, number[]>;
}

export interface BodyStoreReal {
  store: BodyStore;
  /** Another store over the same place. */
  open(): Promise<BodyStore>;
}

type Command = fc.AsyncCommand<BodyStoreModel, BodyStoreReal>;

function command(title: string, run: Command["run"]): Command {
  return { check: () => true, run, toString: () => title };
}

const bodyId = fc.nat({ max: 3 }).map(bodyIdOf);

const write = fc
  .record({
    id: bodyId,
    offset: fc.nat({ max: 300 }),
    chunks: fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 4 }),
  })
  .map(({ id, offset, chunks }) =>
    command(`write(${id}, ${offset}, [${chunks.map(({ byteLength }) => byteLength).join()}])`, async (model, real) => {
      const bytes = chunks.flatMap((chunk) => [...chunk]);
      const known = model.bodies.get(id);
      await using body = await (known === undefined ? real.store.create(id) : real.store.open(id));
      await body.write(offset, chunks);
      await body.sync();
      const grown = bytes.length === 0 ? (known ?? []) : padded(known ?? [], offset + bytes.length);
      grown.splice(bytes.length === 0 ? 0 : offset, bytes.length, ...bytes);
      model.bodies.set(id, grown);
    }),
  );

const truncate = fc.record({ id: bodyId, length: fc.nat({ max: 300 }) }).map(({ id, length }) =>
  command(`truncate(${id}, ${length})`, async (model, real) => {
    const known = model.bodies.get(id);
    if (known === undefined) return;
    await using body = await real.store.open(id);
    await body.truncate(length);
    await body.sync();
    model.bodies.set(id, padded(known, length).slice(0, length));
  }),
);

const create = bodyId.map((id) =>
  command(`create(${id})`, async (model, real) => {
    const refused = await real.store.create(id).then((body) => body[Symbol.asyncDispose](), codeOf);
    check(refused === (model.bodies.has(id) ? "LONGHAUL_BODY_EXISTS" : undefined), "create refuses what is there");
    if (refused === undefined) model.bodies.set(id, []);
  }),
);

const remove = bodyId.map((id) =>
  command(`remove(${id})`, async (model, real) => {
    await real.store.remove(id);
    model.bodies.delete(id);
  }),
);

const read = fc
  .record({ id: bodyId, start: fc.nat({ max: 600 }), length: fc.nat({ max: 600 }) })
  .map(({ id, start, length }) =>
    command(`read(${id}, ${start}, ${start + length})`, async (model, real) => {
      const known = model.bodies.get(id);
      const bytes = await readAll(real.store, id, start, start + length).catch(codeOf);
      if (known === undefined) check(bytes === "LONGHAUL_BODY_MISSING", "read refuses what is not there");
      else
        check(isSame(bytes, Uint8Array.from(known.slice(start, start + length))), "read gives the bytes of its slice");
    }),
  );

const look = fc.constant(
  command("look()", async (model, real) => {
    check(isSame(await listAll(real.store), [...model.bodies.keys()].sort()), "list gives what is there");
    for (const [id, bytes] of model.bodies) check((await real.store.size(id)) === bytes.length, "size is the length");
  }),
);

const reopen = fc.constant(
  command("reopen()", async (_model, real) => {
    await real.store[Symbol.asyncDispose]();
    real.store = await real.open();
  }),
);

export const bodyStoreCommands: readonly fc.Arbitrary<Command>[] = [
  write,
  truncate,
  create,
  remove,
  read,
  look,
  reopen,
];

function padded(bytes: readonly number[], length: number): number[] {
  return [...bytes, ...Array<number>(Math.max(0, length - bytes.length)).fill(0)];
}

function codeOf(error: unknown): string {
  if (isLonghaulError(error)) return error.code;
  throw error;
}

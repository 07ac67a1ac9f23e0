import fc from "fast-check";
import { isLonghaulError } from "../../core/errors.ts";
import type { JournalChange, JournalStore, JournalValue } from "../../core/ports/index.ts";
import { check } from "../contracts/contract.ts";
import { isSame } from "../contracts/same.ts";

export interface JournalStoreModel {
  readonly rows: Map<string, JournalValue>;
  fence: number;
}

export interface JournalStoreReal {
  store: JournalStore;
  /** Another store over the same place. */
  open(): Promise<JournalStore>;
}

type Command = fc.AsyncCommand<JournalStoreModel, JournalStoreReal>;

interface Commit {
  readonly changes: readonly JournalChange[];
  readonly fence: number;
}

function command(title: string, run: Command["run"]): Command {
  return { check: () => true, run, toString: () => title };
}

// Few and much alike, so that ranges have neighbours on both sides.
const prefix = fc.constantFrom("", "r", "r/", "r/1", "s", "~");
const key = fc.constantFrom("q", "r", "r ", "r/", "r/1", "r/10", "r/1~", "r/2", "r0", "s", "~", "~~");
const value = fc.jsonValue({ noUnicodeString: false }) as fc.Arbitrary<JournalValue>;

const change: fc.Arbitrary<JournalChange> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant("put" as const), key, value }) },
  fc.record({ type: fc.constant("delete" as const), key }),
  fc.record({ type: fc.constant("delete-all" as const), prefix }),
);

const commit: fc.Arbitrary<Commit> = fc.record({
  changes: fc.array(change, { maxLength: 5 }),
  fence: fc.oneof({ weight: 5, arbitrary: fc.constant(3) }, fc.integer({ min: 2, max: 6 })),
});

/** Several at a time, so that they share a transaction; `fence` is counted from the greatest one yet. */
const commits = fc.array(commit, { minLength: 1, maxLength: 6 }).map((group) =>
  command(`commit(${JSON.stringify(group)})`, async (model, real) => {
    const base = Math.max(0, model.fence - 3);
    const outcomes = await Promise.allSettled(
      group.map(({ changes, fence }) => real.store.commit(changes, { fence: base + fence })),
    );
    const expected = group.map(({ changes, fence }) => applied(model, changes, base + fence));
    check(isSame(outcomes.map(statusOf), expected), "each commit is judged by its fence alone");
  }),
);

const get = key.map((one) =>
  command(`get(${JSON.stringify(one)})`, async (model, real) => {
    check(isSame(await real.store.get(one), clean(model.rows.get(one) ?? null)), "get gives what was put");
  }),
);

const list = fc.record({ prefix, after: fc.option(key, { nil: undefined }), limit: fc.nat({ max: 6 }) }).map((query) =>
  command(`list(${JSON.stringify(query)})`, async (model, real) => {
    const { prefix: start, after, limit } = query;
    const keys = [...model.rows.keys()].filter((one) => one.startsWith(start) && (after === undefined || one > after));
    const rows = keys.sort().map((one) => ({ key: one, value: clean(model.rows.get(one) ?? null) }));
    check(isSame(await real.store.list(query), rows.slice(0, limit)), "list gives the range, in order");
  }),
);

const reopen = fc.constant(
  command("reopen()", async (_model, real) => {
    await real.store[Symbol.asyncDispose]();
    real.store = await real.open();
  }),
);

export const journalStoreCommands: readonly fc.Arbitrary<Command>[] = [commits, get, list, reopen];

function applied(model: JournalStoreModel, changes: readonly JournalChange[], fence: number): string {
  if (fence < model.fence) return "LONGHAUL_LOCK_LOST";
  model.fence = fence;
  for (const one of changes) {
    if (one.type === "put") model.rows.set(one.key, one.value);
    else if (one.type === "delete") model.rows.delete(one.key);
    else for (const known of [...model.rows.keys()]) if (known.startsWith(one.prefix)) model.rows.delete(known);
  }
  return "done";
}

function statusOf(outcome: PromiseSettledResult<void>): string {
  if (outcome.status === "fulfilled") return "done";
  return isLonghaulError(outcome.reason) ? outcome.reason.code : String(outcome.reason);
}

/** JSON has no -0. */
function clean(given: JournalValue): JournalValue {
  return JSON.parse(JSON.stringify(given)) as JournalValue;
}

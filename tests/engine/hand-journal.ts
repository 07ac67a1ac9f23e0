import { join } from "node:path";
import { openNodePorts } from "../../adapters/node/node-ports.ts";
import { createEngine, type Engine, type EngineOptions, LonghaulError } from "../../core/index.ts";
import type { CommitOptions, JournalChange, JournalStore, JournalValue, ListQuery } from "../../core/ports/index.ts";
import type { Fixture } from "./fixture.ts";

/** A journal on a disk that is full, or cannot be read, as the test says. */
export class HandJournal implements JournalStore {
  readonly name = "hand";
  readonly supports: JournalStore["supports"];
  /** Which commits find no room. */
  full: (changes: readonly JournalChange[]) => boolean = () => false;
  /** What each commit waits for. */
  before: (changes: readonly JournalChange[]) => Promise<void> = async () => {};
  unreadable = false;
  readonly #store: JournalStore;

  constructor(store: JournalStore) {
    this.#store = store;
    this.supports = store.supports;
  }

  async commit(changes: readonly JournalChange[], options: CommitOptions): Promise<void> {
    if (this.full(changes)) throw new LonghaulError("LONGHAUL_JOURNAL_FULL", "No room");
    await this.before(changes);
    await this.#store.commit(changes, options);
  }

  get(key: string): Promise<JournalValue | null> {
    return this.#store.get(key);
  }

  async list(query: ListQuery): ReturnType<JournalStore["list"]> {
    if (this.unreadable) throw new LonghaulError("LONGHAUL_JOURNAL_FAILED", "Cannot be read");
    return this.#store.list(query);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#store[Symbol.asyncDispose]();
  }
}

/** Whether a commit changes the row of a record, or of a registration, into one that `fits`. */
export function puts(changes: readonly JournalChange[], kind: string, fits: (row: string) => boolean): boolean {
  return changes.some((change) => {
    return change.type === "put" && change.key.startsWith(`${kind}/`) && fits(JSON.stringify(change.value));
  });
}

/** An engine over the fixture's store, its journal in the test's hand. */
export async function engineByHand(
  { folder }: Fixture,
  options: EngineOptions = {},
): Promise<{ readonly engine: Engine; readonly journal: HandJournal }> {
  const ports = await openNodePorts({ directory: join(folder, "store") });
  const journal = new HandJournal(ports.journal);
  const engine = await createEngine(
    { ...ports, journal },
    { retry: { minDelayMs: 10, maxDelayMs: 50 }, progressMs: 5, ...options },
  );
  return { engine, journal };
}

import type { CommitOptions, JournalChange, JournalStore, JournalValue, ListQuery } from "../../core/ports/index.ts";
import { journalFault } from "./errno.ts";
import type { FaultPlan } from "./fault-plan.ts";

/** A real journal, one of whose calls fails. */
export class FailingJournal implements JournalStore {
  readonly name = "failing";
  readonly supports: JournalStore["supports"];
  readonly #store: JournalStore;
  readonly #plan: FaultPlan;

  constructor(store: JournalStore, plan: FaultPlan) {
    this.#store = store;
    this.supports = store.supports;
    this.#plan = plan;
  }

  async commit(changes: readonly JournalChange[], options: CommitOptions): Promise<void> {
    this.#pass("commit");
    await this.#store.commit(changes, options);
  }

  async get(key: string): Promise<JournalValue | null> {
    this.#pass("get");
    return await this.#store.get(key);
  }

  async list(query: ListQuery): ReturnType<JournalStore["list"]> {
    this.#pass("list rows");
    return await this.#store.list(query);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#store[Symbol.asyncDispose]();
    this.#pass("dispose journal");
  }

  #pass(call: string): void {
    if (this.#plan.takes(call)) throw journalFault(this.#plan.errno, call);
  }
}

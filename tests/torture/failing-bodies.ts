import type {
  AbortOptions,
  Body,
  BodySlice,
  BodyStore,
  IntactBytes,
  JournalValue,
  MoveOutOptions,
} from "../../core/ports/index.ts";
import { bodyFault } from "./errno.ts";
import type { FaultPlan } from "./fault-plan.ts";

/** A real body store, one of whose calls fails. */
export class FailingBodies implements BodyStore {
  readonly name = "failing";
  readonly supports: BodyStore["supports"];
  readonly #store: BodyStore;
  readonly #plan: FaultPlan;

  constructor(store: BodyStore, plan: FaultPlan) {
    this.#store = store;
    this.supports = store.supports;
    this.#plan = plan;
  }

  async create(bodyId: string, options?: AbortOptions): Promise<Body> {
    this.#pass("create");
    return new FailingBody(await this.#store.create(bodyId, options), this.#plan);
  }

  async open(bodyId: string, options?: AbortOptions): Promise<Body> {
    this.#pass("open");
    return new FailingBody(await this.#store.open(bodyId, options), this.#plan);
  }

  async *read(bodyId: string, slice: BodySlice, options?: AbortOptions): AsyncIterable<Uint8Array> {
    this.#pass("read");
    yield* this.#store.read(bodyId, slice, options);
  }

  async size(bodyId: string, options?: AbortOptions): Promise<number | null> {
    this.#pass("size");
    return await this.#store.size(bodyId, options);
  }

  async remove(bodyId: string, options?: AbortOptions): Promise<void> {
    this.#pass("remove");
    await this.#store.remove(bodyId, options);
  }

  async *list(options?: AbortOptions): AsyncIterable<string> {
    this.#pass("list");
    yield* this.#store.list(options);
  }

  async note(bodyId: string, options?: AbortOptions): Promise<JournalValue | null> {
    this.#pass("read note");
    return await this.#store.note(bodyId, options);
  }

  async intact(bodyId: string, length: number, options?: AbortOptions): Promise<IntactBytes> {
    this.#pass("intact");
    return await this.#store.intact(bodyId, length, options);
  }

  async moveOut(bodyId: string, destination: string, options: MoveOutOptions): Promise<void> {
    this.#pass("moveOut");
    await this.#store.moveOut(bodyId, destination, options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // As in the real one: what cannot be closed well is closed all the same.
    await this.#store[Symbol.asyncDispose]();
    this.#pass("dispose bodies");
  }

  #pass(call: string): void {
    if (this.#plan.takes(call)) throw bodyFault(this.#plan.errno, call);
  }
}

class FailingBody implements Body {
  readonly #body: Body;
  readonly #plan: FaultPlan;
  #spoiled = false;

  constructor(body: Body, plan: FaultPlan) {
    this.#body = body;
    this.#plan = plan;
  }

  async write(offset: number, chunks: readonly Uint8Array[]): Promise<void> {
    this.#pass("write");
    await this.#body.write(offset, chunks);
  }

  async sync(): Promise<void> {
    try {
      this.#pass("sync");
    } catch (error) {
      this.#spoiled = true;
      throw error;
    }
    await this.#body.sync();
  }

  async note(value: JournalValue): Promise<void> {
    this.#pass("note");
    await this.#body.note(value);
  }

  async truncate(length: number): Promise<void> {
    this.#pass("truncate");
    await this.#body.truncate(length);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#body[Symbol.asyncDispose]();
    if (this.#plan.takes("dispose body")) throw bodyFault(this.#plan.errno, "close");
  }

  #pass(call: string): void {
    // The kernel may have dropped the pages of a sync that failed (F4).
    if (this.#plan.takes(call) || this.#spoiled) throw bodyFault(this.#plan.errno, call);
  }
}

import {
  type AbortOptions,
  type Body,
  type BodySlice,
  type BodyStore,
  type IntactBytes,
  type JournalValue,
  LonghaulError,
  type MoveOutOptions,
} from "../../core/ports/index.ts";
import { assertBodyId } from "./body-id.ts";
import { MemoryBody } from "./memory-body.ts";
import { MemoryBytes } from "./memory-bytes.ts";

export interface MemoryBodyStoreOptions {
  /** Bodies that another store left, to go on from. @default none */
  readonly bodies?: Map<string, MemoryBytes> | undefined;
  /** Where `moveOut` puts bodies, by destination. @default a new map */
  readonly delivered?: Map<string, Uint8Array> | undefined;
}

/** Keeps bodies in memory: the reference against which every other body store is read. */
export class MemoryBodyStore implements BodyStore {
  readonly name = "memory";
  readonly supports = { durable: false, moveOut: true, notes: true } as const;
  /** What a later store may go on from. */
  readonly bodies: Map<string, MemoryBytes>;
  /** What was moved out, by destination. */
  readonly delivered: Map<string, Uint8Array>;
  #closed = false;

  constructor(options: MemoryBodyStoreOptions = {}) {
    this.bodies = options.bodies ?? new Map();
    this.delivered = options.delivered ?? new Map();
  }

  async create(bodyId: string, options?: AbortOptions): Promise<Body> {
    this.#assertUsable(bodyId, options);
    if (this.bodies.has(bodyId)) throw new LonghaulError("LONGHAUL_BODY_EXISTS", `There is a body ${bodyId} already`);
    const bytes = new MemoryBytes();
    this.bodies.set(bodyId, bytes);
    return new MemoryBody(bytes, () => this.#closed);
  }

  async open(bodyId: string, options?: AbortOptions): Promise<Body> {
    this.#assertUsable(bodyId, options);
    return new MemoryBody(this.#bytesOf(bodyId), () => this.#closed);
  }

  async *read(bodyId: string, slice: BodySlice, options?: AbortOptions): AsyncIterable<Uint8Array> {
    this.#assertUsable(bodyId, options);
    const bytes = this.#bytesOf(bodyId);
    for (let start = slice.start; start < slice.end; ) {
      this.#assertUsable(bodyId, options);
      const piece = bytes.copy(start, Math.min(slice.end, start + 65_536));
      if (piece.byteLength === 0) return;
      start += piece.byteLength;
      yield piece;
    }
  }

  async size(bodyId: string, options?: AbortOptions): Promise<number | null> {
    this.#assertUsable(bodyId, options);
    return this.bodies.get(bodyId)?.length ?? null;
  }

  async remove(bodyId: string, options?: AbortOptions): Promise<void> {
    this.#assertUsable(bodyId, options);
    this.bodies.delete(bodyId);
  }

  async *list(options?: AbortOptions): AsyncIterable<string> {
    this.#assertOpen(options);
    for (const bodyId of [...this.bodies.keys()]) {
      this.#assertOpen(options);
      yield bodyId;
    }
  }

  async moveOut(bodyId: string, destination: string, options: MoveOutOptions): Promise<void> {
    this.#assertUsable(bodyId, options);
    const there = this.delivered.get(destination);
    if (!this.bodies.has(bodyId) && there?.byteLength === options.length) return;
    const bytes = this.#bytesOf(bodyId);
    if (there !== undefined && !options.replace) {
      throw new LonghaulError("LONGHAUL_BODY_DESTINATION_EXISTS", `Something is already at ${destination}`);
    }
    this.delivered.set(destination, bytes.copy(0, bytes.length));
    this.bodies.delete(bodyId);
  }

  async note(bodyId: string, options?: AbortOptions): Promise<JournalValue | null> {
    this.#assertUsable(bodyId, options);
    const text = this.bodies.get(bodyId)?.note ?? null;
    return text === null ? null : (JSON.parse(text) as JournalValue);
  }

  async intact(bodyId: string, length: number, options?: AbortOptions): Promise<IntactBytes> {
    this.#assertUsable(bodyId, options);
    const bytes = this.bodies.get(bodyId);
    const intact = Math.min(length, bytes?.length ?? 0);
    return { intact, proven: bytes?.note == null ? 0 : Math.min(intact, bytes.synced) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
  }

  #bytesOf(bodyId: string): MemoryBytes {
    const bytes = this.bodies.get(bodyId);
    if (bytes === undefined) throw new LonghaulError("LONGHAUL_BODY_MISSING", `There is no body ${bodyId}`);
    return bytes;
  }

  #assertUsable(bodyId: string, options: AbortOptions | undefined): void {
    this.#assertOpen(options);
    assertBodyId(bodyId);
  }

  #assertOpen(options: AbortOptions | undefined): void {
    options?.signal?.throwIfAborted();
    if (this.#closed) throw new LonghaulError("LONGHAUL_BODY_CLOSED", "The body store is closed");
  }
}

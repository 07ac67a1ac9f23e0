import type { Body, BodyStore, BodyStoreCapabilities } from "../../core/ports/index.ts";

/** A place that one store after the other works on. */
export interface BodyStorePlace {
  /** A store over the place; after the last one was disposed, as after a restart. */
  open(): Promise<BodyStore>;
  /** A destination for `moveOut` with nothing there yet, different for each call. */
  destination(): string;
  /** What is at a destination, or `null`. */
  delivered(destination: string): Promise<Uint8Array | null>;
  /** Change a byte of a body behind the store's back; left out where nobody can. */
  spoil?(bodyId: string, offset: number): Promise<void>;
  /** Take away what proves a body's bytes; left out where nobody can. */
  spoilProofs?(bodyId: string): Promise<void>;
}

/** Where a body store meets its contract. */
export interface BodyStoreHarness {
  readonly name: string;
  readonly supports: BodyStoreCapabilities;
  /** An empty place. */
  place(): Promise<BodyStorePlace>;
  /** A store with less than 4 MiB of space; left out where none can be had. */
  full?(): Promise<BodyStore>;
  /** A store that may not write; left out where none can be had. */
  denied?(): Promise<BodyStore>;
}

const digits = "0123456789abcdef";

/** A body's id, another for each `n`. */
export function bodyIdOf(n: number): string {
  return `${digits[n % 16]}${String(n).padStart(31, "0")}`;
}

/** `length` bytes that differ from those of every other `seed`. */
export function bytesOf(length: number, seed = 0): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (seed * 31 + index * 7 + 1) % 251);
}

/** Make a body that holds `bytes`, durably. */
export async function keep(store: BodyStore, bodyId: string, bytes: Uint8Array): Promise<void> {
  await using body: Body = await store.create(bodyId);
  await body.write(0, [bytes]);
  await body.sync();
}

/** All of `slice` of a body, in one piece. */
export async function readAll(store: BodyStore, bodyId: string, start: number, end: number): Promise<Uint8Array> {
  const bytes: number[] = [];
  for await (const chunk of store.read(bodyId, { start, end })) bytes.push(...chunk);
  return Uint8Array.from(bytes);
}

/** Start reading, and no more. */
export async function readFirst(store: BodyStore, bodyId: string, signal?: AbortSignal): Promise<void> {
  await store.read(bodyId, { start: 0, end: 1 }, { signal })[Symbol.asyncIterator]().next();
}

export async function listAll(store: BodyStore): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const bodyId of store.list()) ids.push(bodyId);
  return ids.sort();
}

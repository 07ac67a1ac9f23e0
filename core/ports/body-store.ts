import type { AbortOptions } from "./abort-options.ts";
import type { JournalValue } from "./journal-store.ts";

/** Which optional behaviours a {@link BodyStore} has. The contract suite tests exactly these. */
export interface BodyStoreCapabilities {
  /** What `sync` acknowledged is still there after the process, or the machine, died. */
  readonly durable: boolean;
  /** Can hand a finished body to a place outside the store: `moveOut`. */
  readonly moveOut: boolean;
  /** Keeps a note beside a body, and notices when its bytes are no longer those that were synced. */
  readonly notes: boolean;
}

/** A part of a body: bytes `start` up to, but not including, `end`. */
export interface BodySlice {
  readonly start: number;
  readonly end: number;
}

/**
 * One body, open for writing.
 *
 * `write` must put every byte of `chunks` in order at `offset`, and must not keep a reference to them once it has
 * resolved. `sync` must resolve only when all that was written before the call, and the body's own existence, would
 * survive the loss of the machine (where the store is durable). After a `sync` that failed, the body must refuse
 * further writes: its bytes are unknown.
 *
 * `note` must keep the value beside the body, in place of an earlier one. It need not be durable: what is kept proves
 * itself, or counts as not there.
 */
export interface Body extends AsyncDisposable {
  write(offset: number, chunks: readonly Uint8Array[]): Promise<void>;
  sync(): Promise<void>;
  truncate(length: number): Promise<void>;
  note(value: JournalValue): Promise<void>;
}

/** How much of a body still is what was written through the port, counted from its start. */
export interface IntactBytes {
  /** Bytes that are there and of which nothing says that they are not what was written. */
  readonly intact: number;
  /** Of these, the bytes that are known to be what was written, and to have been synced. */
  readonly proven: number;
}

export interface MoveOutOptions extends AbortOptions {
  /** The body's length in bytes. */
  readonly length: number;
  /** Whether something that is at the destination already may be replaced. */
  readonly replace: boolean;
}

/**
 * Keeps the bytes of bodies, each under an id of the engine's making (`[0-9a-f]{32}`).
 *
 * `create` must reject with `LONGHAUL_BODY_EXISTS` if there is one, `open` and `read` with `LONGHAUL_BODY_MISSING`
 * if there is none. `size` must give `null` for a missing body. `remove` must not mind one. `moveOut` must take
 * the body out of the store in one step (all of it is there or none), must not copy where it can rename, must
 * reject with `LONGHAUL_BODY_DESTINATION_EXISTS` and change nothing if something is there already and `replace` is
 * not set, and must be safe to repeat after a crash: if the body is gone and `destination` holds exactly `length` bytes,
 * an earlier call did the work.
 *
 * `note` must give what was noted beside the body, or `null` if there is nothing or the body is gone, and never anything else.
 * `intact` must count at most `length` bytes, and none of a missing body; it must end before the first byte that the
 * store can tell is not what was written; and it must not end before a byte only because its proof is damaged or lost.
 * It must prove what was written in order from the start, noted and synced, unless a proof was lost. A store whose `notes`
 * is false counts the bytes that are there, proves none and forgets what is noted. `list` may also give the id of a body that is gone, if
 * something of it is left for `remove` to clear away.
 *
 * A store out of space must reject with `LONGHAUL_BODY_FULL`,
 * one that may not write with `LONGHAUL_BODY_DENIED`, and any method after disposal with `LONGHAUL_BODY_CLOSED`.
 */
export interface BodyStore extends AsyncDisposable {
  readonly name: string;
  readonly supports: BodyStoreCapabilities;
  create(bodyId: string, options?: AbortOptions): Promise<Body>;
  open(bodyId: string, options?: AbortOptions): Promise<Body>;
  read(bodyId: string, slice: BodySlice, options?: AbortOptions): AsyncIterable<Uint8Array>;
  size(bodyId: string, options?: AbortOptions): Promise<number | null>;
  remove(bodyId: string, options?: AbortOptions): Promise<void>;
  list(options?: AbortOptions): AsyncIterable<string>;
  note(bodyId: string, options?: AbortOptions): Promise<JournalValue | null>;
  intact(bodyId: string, length: number, options?: AbortOptions): Promise<IntactBytes>;
  moveOut(bodyId: string, destination: string, options: MoveOutOptions): Promise<void>;
}

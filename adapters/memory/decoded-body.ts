import { TransportError } from "../../core/ports/index.ts";

/** One content coding that is being undone. */
export interface Decoder {
  /** What came out next; `hungry` if nothing will before more is written, `ended` once everything is out. */
  read(): Promise<Uint8Array | "hungry" | "ended">;
  /** Only when hungry. */
  write(coded: Uint8Array): void;
  /** Only when hungry: that was all. */
  finish(): void;
  /** Settles once there is something to read although nothing more was written; `null`: there never is. */
  later(): Promise<unknown> | null;
  /** Nobody will read on. */
  stop(): void;
}

type Pull = IteratorResult<readonly Uint8Array[], undefined>;
interface Waiter {
  readonly resolve: (pull: Pull) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Pull `coded` through `decoder`, an item at a time and only when the decoder is out of what it had.
 *
 * Not a generator: one would neither stop `coded` before it was pulled, nor while it waits for it.
 */
export function decodedBody(
  coded: AsyncIterable<readonly Uint8Array[]>,
  decoder: Decoder,
  signal: AbortSignal | undefined,
): AsyncIterableIterator<readonly Uint8Array[], undefined> {
  const source = coded[Symbol.asyncIterator]();
  const done: Pull = { done: true, value: undefined };
  let exhausted = false;
  let over = false;
  let waiter: Waiter | null = null;
  let asked: Promise<void> | null = null;
  let arrived: IteratorResult<readonly Uint8Array[], unknown> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const close = async (): Promise<void> => {
    if (over) return;
    over = true;
    signal?.removeEventListener("abort", abort);
    decoder.stop();
    // The reader has what it came for, or an error that says more than this one could.
    const stopped = exhausted ? null : Promise.resolve(source.return?.()).catch(() => {});
    // A generator that waits for its own source can be told so, but not hurried.
    if (asked === null) await stopped;
  };
  const abort = (): void => {
    waiter?.reject(signal?.reason);
    void close();
  };
  /** What the source gives next; asked for once, however often the decoder has something to say before it comes. */
  const nextItem = async (): Promise<void> => {
    try {
      arrived = await source.next();
      exhausted = arrived.done === true;
      asked = null;
    } catch (error) {
      // Stays asked for, so that it is thrown once the decoder has given what it had.
      exhausted = true;
      throw error;
    }
  };
  const pull = async (): Promise<Pull> => {
    while (!over) {
      const out = await decoder.read();
      if (out === "ended") break;
      if (out !== "hungry") {
        if (out.byteLength > 0) return { done: false, value: [out] };
        continue;
      }
      if (arrived === null) {
        asked ??= nextItem();
        await Promise.race([asked, decoder.later() ?? asked]);
      } else {
        if (arrived.done) decoder.finish();
        else decoder.write(joined(arrived.value));
        arrived = null;
      }
    }
    await close();
    return done;
  };
  const step = (): Promise<Pull> =>
    new Promise<Pull>((resolve, reject) => {
      if (signal?.aborted && !over) void close().then(() => reject(signal.reason));
      else {
        waiter = { resolve, reject };
        pull().then(resolve, (error: unknown) => close().then(() => reject(error)));
      }
    }).finally(() => {
      waiter = null;
    });

  signal?.addEventListener("abort", abort, { once: true });
  const body: AsyncIterableIterator<readonly Uint8Array[], undefined> = {
    next() {
      const result = last.then(step);
      last = result.catch(() => {});
      return result;
    },
    async return() {
      waiter?.resolve(done);
      await close();
      return done;
    },
    [Symbol.asyncIterator]: () => body,
  };
  return body;
}

/** The error of a coded body that is not what it says it is. */
export function notCoded(coding: string, what: string, cause?: unknown): TransportError {
  const message = `The body is not ${coding}, as it says: ${what}`;
  return new TransportError("malformed", message, cause === undefined ? {} : { cause });
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  if (only !== undefined && chunks.length === 1) return only;
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}

import { isBomb } from "../models/decompression-limit.ts";
import { exchangeFailure } from "../models/exchange-failure.ts";
import { ExchangeFailed } from "./exchange-failed.ts";
import type { AbortOptions } from "./ports/abort-options.ts";
import type { Codings } from "./ports/codings.ts";
import { isTransportError, TransportError } from "./transport-error.ts";

export interface DecodeOptions extends AbortOptions {
  /** Bytes that the response promised on the wire, or `null`. What comes beyond is dropped. */
  readonly promised: number | null;
}

/** A body without its codings, with how much of it there is so far. */
export interface DecodedBody {
  readonly body: AsyncIterable<readonly Uint8Array[]>;
  /** Bytes that came from the wire. */
  readonly coded: number;
  /** Bytes that came out of them. */
  readonly decoded: number;
}

type Chunks = readonly Uint8Array[];

const bomb = exchangeFailure("decompression-bomb", "The body unpacks to more than a hundred times its length", {
  retryable: false,
});

/**
 * Undo the codings in `chain`, in its order, while the body comes. To stop reading early stops `wire`.
 *
 * A body of no bytes has none without its codings either, as in every browser.
 *
 * @throws ExchangeFailed from the body, `decompression-bomb` as soon as it is known to be one (B16).
 * @throws TransportError from the body: `interrupted` if it ended before its promised length (B12), `malformed` if it is
 * not coded as it says (B13).
 */
export function decodeBody(
  codings: Codings,
  chain: readonly string[],
  wire: AsyncIterable<Chunks>,
  { promised, signal }: DecodeOptions,
): DecodedBody {
  const count = { coded: 0, decoded: 0 };
  let body = watched(wire, {
    take(chunks) {
      const kept = startOf(chunks, (promised ?? Number.POSITIVE_INFINITY) - count.coded);
      count.coded += lengthOf(kept);
      return kept;
    },
    end() {
      if (promised === null || count.coded === promised) return;
      throw new TransportError("interrupted", `The body ended at byte ${count.coded}, not at ${promised}`);
    },
  });
  for (const coding of chain) {
    let decoded = 0;
    // Each step is watched, not the last alone: what fills no store may still keep a processor busy.
    body = watched(codings.decode(coding, body, { signal }), {
      take(chunks) {
        decoded += lengthOf(chunks);
        if (isBomb(count.coded, decoded)) throw new ExchangeFailed(bomb);
        return chunks;
      },
      endsAt: (error) => isTransportError(error) && error.kind === "malformed" && count.coded === 0,
    });
  }
  body = watched(body, {
    take(chunks) {
      count.decoded += lengthOf(chunks);
      return chunks;
    },
  });
  return {
    body,
    get coded() {
      return count.coded;
    },
    get decoded() {
      return count.decoded;
    },
  };
}

interface Watch {
  /** What goes on of an item; of none is made no item, and no item at all is asked for after one that was cut. */
  take(chunks: Chunks): Chunks;
  end?(): void;
  /** Whether this error means nothing but the end. */
  endsAt?(error: unknown): boolean;
}

/** Not a generator: to end one that nobody has pulled from would not reach `source`. */
function watched(
  source: AsyncIterable<Chunks>,
  { take, end, endsAt }: Watch,
): AsyncIterableIterator<Chunks, undefined> {
  const items = source[Symbol.asyncIterator]();
  let over = false;
  const stop = async (): Promise<IteratorReturnResult<undefined>> => {
    if (!over) {
      over = true;
      await items.return?.();
    }
    return { done: true, value: undefined };
  };
  const pull = async (): Promise<IteratorResult<Chunks, undefined>> => {
    while (!over) {
      const item = await items.next();
      if (over) break;
      if (item.done) {
        over = true;
        end?.();
        break;
      }
      const kept = take(item.value);
      if (kept.length === 0) await stop();
      else return { done: false, value: kept };
    }
    return { done: true, value: undefined };
  };
  const body: AsyncIterableIterator<Chunks, undefined> = {
    async next() {
      try {
        return await pull();
      } catch (error) {
        await stop();
        if (endsAt?.(error)) return { done: true, value: undefined };
        throw error;
      }
    },
    return: stop,
    [Symbol.asyncIterator]: () => body,
  };
  return body;
}

function lengthOf(chunks: Chunks): number {
  return chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

function startOf(chunks: Chunks, limit: number): Chunks {
  if (lengthOf(chunks) <= limit) return chunks;
  let left = limit;
  return chunks.flatMap((chunk) => {
    const kept = chunk.subarray(0, left);
    left -= kept.byteLength;
    return kept.byteLength === 0 ? [] : [kept];
  });
}

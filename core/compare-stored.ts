import { TransportError } from "./transport-error.ts";

/** The server sends other bytes than those that are stored, although its validator says that they are the same. */
export class StoredDiffers extends Error {
  override readonly name = "StoredDiffers";
}

/** What a body begins with, or so it should. */
export interface StoredBeginning {
  readonly stored: AsyncIterable<Uint8Array>;
  /** In bytes. */
  readonly length: number;
  /** Whether the body's end is told by the message. */
  readonly delimited: boolean;
  /** So many bytes more were compared. */
  onCompared(bytes: number): void;
}

/**
 * The chunks of `body` behind its first `length` bytes, which have to be those of `stored` (A1, A16).
 *
 * Nothing is given out before all of them have been compared.
 *
 * @throws StoredDiffers at the first byte that is another one, or if `body` or what can be read of `stored` ends before it.
 * @throws TransportError if the mere end of the connection cut `body` short.
 */
export async function* afterStored(
  body: AsyncIterable<readonly Uint8Array[]>,
  { stored, length, delimited, onCompared }: StoredBeginning,
): AsyncGenerator<readonly Uint8Array[], void> {
  const source = stored[Symbol.asyncIterator]();
  let expected: Uint8Array = new Uint8Array();
  let left = length;
  try {
    for await (const chunks of body) {
      const before = left;
      const further: Uint8Array[] = [];
      for (const chunk of chunks) {
        let rest = chunk;
        while (left > 0 && rest.byteLength > 0) {
          if (expected.byteLength === 0) expected = await next(source);
          const count = Math.min(left, rest.byteLength, expected.byteLength);
          if (!same(rest, expected, count)) throw new StoredDiffers();
          rest = rest.subarray(count);
          expected = expected.subarray(count);
          left -= count;
        }
        if (rest.byteLength > 0) further.push(rest);
      }
      onCompared(before - left);
      if (further.length > 0) yield further;
    }
    if (left > 0 && !delimited)
      throw new TransportError("interrupted", "The body ended among the bytes that are stored");
    if (left > 0) throw new StoredDiffers();
  } finally {
    await source.return?.();
  }
}

/** What cannot be read is of no more use than what is another. */
async function next(source: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  const item = await source.next().catch((cause: unknown) => {
    throw new StoredDiffers("What is stored cannot be read", { cause });
  });
  if (item.done) throw new StoredDiffers();
  return item.value;
}

function same(one: Uint8Array, other: Uint8Array, count: number): boolean {
  for (let at = 0; at < count; at += 1) if (one[at] !== other[at]) return false;
  return true;
}

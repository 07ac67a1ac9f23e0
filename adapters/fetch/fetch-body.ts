import { isTransportError } from "../../core/ports/index.ts";
import { transportErrorOf, transportErrorOfKind } from "./transport-error-of.ts";

export interface FetchBodyOptions {
  readonly host: string;
  /** Bytes that the response promised, or `null`. */
  readonly promised: number | null;
  readonly signal: AbortSignal | undefined;
}

/**
 * The body of a `fetch` response, pulled chunk by chunk, with its length checked where one was promised.
 *
 * Not a generator: to end one that nobody has pulled from runs none of its code, and would leave the connection open.
 */
export function fetchBody(
  stream: ReadableStream<Uint8Array> | null,
  { host, promised, signal }: FetchBodyOptions,
): AsyncIterableIterator<readonly Uint8Array[], undefined> {
  const reader = stream?.getReader();
  const stage = "within the answer" as const;
  let received = 0;
  let ended = reader === undefined;

  const pull = async (): Promise<Uint8Array | undefined> => {
    while (!ended) {
      const result = await reader?.read();
      signal?.throwIfAborted();
      if (result?.value === undefined) break;
      received += result.value.byteLength;
      if (result.value.byteLength > 0) return result.value;
    }
    if (!ended && promised !== null && received < promised) throw transportErrorOfKind("interrupted", { host, stage });
    return undefined;
  };
  const stop = async (): Promise<void> => {
    if (ended) return;
    ended = true;
    // Cancelling is what ends the exchange; that it failed already is no news.
    await reader?.cancel().catch(() => {});
  };

  const body: AsyncIterableIterator<readonly Uint8Array[], undefined> = {
    async next() {
      try {
        const chunk = await pull();
        if (chunk !== undefined) return { done: false, value: [chunk] };
        ended = true;
        return { done: true, value: undefined };
      } catch (error) {
        await stop();
        if (signal?.aborted) throw signal.reason;
        throw isTransportError(error) ? error : transportErrorOf(error, { host, stage, otherwise: "interrupted" });
      }
    },
    async return() {
      await stop();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => body,
  };
  return body;
}

import type { ExchangeServices } from "./exchange.ts";

/**
 * Put a request's body into the body store, durably, before the request is accepted.
 *
 * @throws TypeError if the stream fails (specification, `fetch()`: "if a body stream errors").
 * @throws The reason of `services.closing`, once it is aborted: a stream may never end.
 */
export async function spool(
  { ports: { bodies }, closing }: ExchangeServices,
  bodyId: string,
  stream: ReadableStream<Uint8Array>,
): Promise<number> {
  await using body = await bodies.create(bodyId);
  let length = 0;
  const reader = stream.getReader();
  const cancel = (): void => void reader.cancel(closing.reason).catch(() => undefined);
  closing.addEventListener("abort", cancel);
  try {
    closing.throwIfAborted();
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new TypeError("The body of a request could not be read", { cause });
      });
      // A stream that was cancelled ends as if that had been all.
      closing.throwIfAborted();
      if (done) break;
      await body.write(length, [value]);
      length += value.byteLength;
    }
    await body.sync();
  } catch (error) {
    cancel();
    throw error;
  } finally {
    closing.removeEventListener("abort", cancel);
  }
  return length;
}

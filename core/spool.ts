import type { ExchangeServices } from "./exchange.ts";

/**
 * Put a request's body into the body store, durably, before the request is accepted.
 *
 * @throws TypeError if the stream fails (specification, `fetch()`: "if a body stream errors").
 */
export async function spool(
  { ports: { bodies }, newBodyId }: ExchangeServices,
  stream: ReadableStream<Uint8Array>,
): Promise<{ readonly bodyId: string; readonly length: number }> {
  const bodyId = newBodyId();
  await using body = await bodies.create(bodyId);
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new TypeError("The body of a request could not be read", { cause });
    });
    if (done) break;
    await body.write(length, [value]);
    length += value.byteLength;
  }
  await body.sync();
  return { bodyId, length };
}

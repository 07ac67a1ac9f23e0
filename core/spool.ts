import type { ExchangeServices } from "./exchange-record.ts";

/** Bodies that are read at the same time. */
const atOnce = 16;

/** A request's body once it is in the body store. */
export interface SpooledBody {
  readonly bodyId: string;
  /** In bytes. */
  readonly length: number;
}

/**
 * Put requests' bodies into the body store, durably, before the requests are accepted.
 *
 * The first that fails ends all: the streams of the others are cancelled at once, also those nobody began to read
 * (docs/adr/0007). `begun` is told of each body before it is made.
 *
 * @throws TypeError if a stream fails (specification, `fetch()`: "if stream has errored").
 * @throws The reason of `services.closing`, once it is aborted: a stream may never end.
 */
export async function spoolBodies(
  services: ExchangeServices,
  streams: readonly (ReadableStream<Uint8Array> | null)[],
  begun: (bodyId: string) => void,
): Promise<ReadonlyMap<number, SpooledBody>> {
  const spooled = new Map<number, SpooledBody>();
  if (streams.every((stream) => stream === null)) return spooled;
  const failing = new AbortController();
  const signal = AbortSignal.any([services.closing, failing.signal]);
  const waiting = streams.entries();
  const work = async (): Promise<void> => {
    for (const [index, stream] of waiting) {
      if (stream === null) continue;
      const bodyId = services.newBodyId();
      begun(bodyId);
      spooled.set(index, { bodyId, length: await spool(services, bodyId, stream, signal) });
    }
  };
  const fail = (error: unknown): void => failing.abort(error);
  await Promise.all(Array.from({ length: Math.min(atOnce, streams.length) }, () => work().catch(fail)));
  for (const [, stream] of waiting) stream?.cancel(signal.reason).catch(() => undefined);
  failing.signal.throwIfAborted();
  return spooled;
}

async function spool(
  { ports: { bodies } }: ExchangeServices,
  bodyId: string,
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): Promise<number> {
  let length = 0;
  const reader = stream.getReader();
  const cancel = (): void => void reader.cancel(signal.reason).catch(() => undefined);
  signal.addEventListener("abort", cancel);
  try {
    signal.throwIfAborted();
    await using body = await bodies.create(bodyId);
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new TypeError("The body of a request could not be read", { cause });
      });
      // A stream that was cancelled ends as if that had been all.
      signal.throwIfAborted();
      if (done) break;
      await body.write(length, [value]);
      length += value.byteLength;
    }
    await body.sync();
  } catch (error) {
    cancel();
    throw error;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
  return length;
}

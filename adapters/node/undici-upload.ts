import { Readable } from "node:stream";
import type { TransportRequestBody } from "../../core/ports/index.ts";

/** A request body in the form that undici takes. */
export interface Upload {
  readonly readable: Readable;
  /** What the source threw, if it did: that is no fault of the network. */
  readonly failure: unknown;
}

/** Start reading `body` when undici asks for it, and not faster than its socket takes it. */
export function createUpload(body: TransportRequestBody): Upload {
  let failure: unknown;
  const iterator = body.stream()[Symbol.asyncIterator]();
  // What `next` rejects with is the source's own error; any other comes from undici, which destroys the stream with it.
  const source: AsyncIterableIterator<Uint8Array> = {
    next: () =>
      iterator.next().catch((error: unknown) => {
        failure = error;
        throw error;
      }),
    return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
    [Symbol.asyncIterator]: () => source,
  };
  const readable = Readable.from(source, { objectMode: false });
  // Lives longer than undici's own listener: an error after the answer must not end the process.
  readable.on("error", () => {});
  return {
    readable,
    get failure() {
      return failure;
    },
  };
}

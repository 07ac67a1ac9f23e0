import type { ServerResponse } from "node:http";

export interface SendOptions {
  readonly chunks: Iterable<Uint8Array>;
  /** Stop after so many bytes. */
  readonly limit: number;
  /** 0 for as fast as it goes. */
  readonly bytesPerSecond: number;
  sent(bytes: number): void;
}

/** Of what is sent at once: small enough that a count of bytes sent means something. */
const sliceSize = 256 * 1024;

/**
 * Write a body, never ahead of what the connection takes.
 *
 * Resolves with whether `limit` was reached or the body ended, once the operating system has all of it; with `false`
 * if the client went away.
 */
export async function sendBody(response: ServerResponse, options: SendOptions): Promise<boolean> {
  let left = options.limit;
  const step = options.bytesPerSecond === 0 ? sliceSize : Math.max(1, Math.ceil(options.bytesPerSecond / 20));
  const started = performance.now();
  let total = 0;
  for (const chunk of options.chunks) {
    for (let at = 0; at < chunk.byteLength && left > 0; ) {
      const slice = chunk.subarray(at, at + Math.min(step, sliceSize, left));
      if (!(await write(response, slice))) return false;
      at += slice.byteLength;
      left -= slice.byteLength;
      total += slice.byteLength;
      options.sent(slice.byteLength);
      if (options.bytesPerSecond > 0) await until(started + (total / options.bytesPerSecond) * 1000, response);
    }
    if (left === 0) break;
  }
  return !response.destroyed;
}

function write(response: ServerResponse, slice: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    if (response.destroyed) {
      resolve(false);
      return;
    }
    const gone = (): void => resolve(false);
    response.once("close", gone);
    response.write(slice, (error) => {
      response.off("close", gone);
      resolve(error == null);
    });
  });
}

/** Wait for a moment of `performance.now()`, or for the client to go. */
function until(moment: number, response: ServerResponse): Promise<void> {
  const ms = moment - performance.now();
  if (ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      response.off("close", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    response.once("close", done);
  });
}

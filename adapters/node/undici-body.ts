/** The flow of an exchange, as its reader may steer it. */
export interface BodyFlow {
  pause(): void;
  resume(): void;
  /** Nobody will read on: end the exchange, free its connection. */
  stop(): void;
  /** Whether it is paused already. @default false */
  readonly paused?: boolean;
  /** Called before each pull: throws if the reader may have nothing more. */
  check(): void;
}

/** Where an exchange puts what arrives, and where a reader pulls it. */
export interface PulledBody {
  readonly body: AsyncIterableIterator<readonly Uint8Array[], undefined>;
  push(chunk: Uint8Array): void;
  end(): void;
  /** Give what was held, then throw `error`. */
  fail(error: unknown): void;
}

/** Unpulled bytes above which the flow is paused. What a crash may cost includes them: no more than one write's worth. */
export const pauseAbove: number = 512 * 1024;

/** What the object around a chunk weighs: without it, a flood of one-byte chunks would hold a hundred times its bytes. */
const chunkOverhead = 128;

type Pull = IteratorResult<readonly Uint8Array[], undefined>;
interface Waiter {
  readonly resolve: (pull: Pull) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Holds chunks without copying them until they are pulled, all at once, and pauses the flow when they are too many.
 *
 * Written by hand, not as an async generator, which would spend three promises on each pull.
 */
export function createPulledBody(flow: BodyFlow): PulledBody {
  let held: Uint8Array[] = [];
  let weight = 0;
  let paused = flow.paused ?? false;
  let outcome: { readonly error?: unknown } | null = null;
  let waiter: Waiter | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const take = (): Pull => {
    const value = held;
    held = [];
    weight = 0;
    return { done: false, value };
  };

  const serve = (): void => {
    if (waiter === null) return;
    const { resolve, reject } = waiter;
    if (held.length > 0) resolve(take());
    else if (outcome === null) return;
    else if ("error" in outcome) {
      reject(outcome.error);
      outcome = {};
    } else resolve({ done: true, value: undefined });
    waiter = null;
  };

  const pull = (resolve: Waiter["resolve"], reject: Waiter["reject"]): void => {
    try {
      flow.check();
    } catch (error) {
      held = [];
      outcome = {};
      reject(error);
      return;
    }
    waiter = { resolve, reject };
    serve();
    if (!paused) return;
    paused = false;
    flow.resume();
  };

  const body: AsyncIterableIterator<readonly Uint8Array[], undefined> = {
    next() {
      const result =
        waiter === null
          ? new Promise<Pull>(pull)
          : last.then(
              () => body.next(),
              () => body.next(),
            );
      last = result;
      return result;
    },
    return() {
      held = [];
      weight = 0;
      outcome ??= {};
      serve();
      flow.stop();
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]: () => body,
  };

  return {
    body,
    push(chunk) {
      if (outcome !== null || chunk.byteLength === 0) return;
      // A waiting reader is served once this turn's chunks are all in: one parse of 64 KiB may give many.
      if (waiter !== null && held.length === 0) queueMicrotask(serve);
      held.push(chunk);
      weight += chunk.byteLength + chunkOverhead;
      if (paused || weight <= pauseAbove) return;
      paused = true;
      flow.pause();
    },
    end() {
      outcome ??= {};
      serve();
    },
    fail(error) {
      outcome ??= { error };
      serve();
    },
  };
}

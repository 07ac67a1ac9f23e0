import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBodyWriter } from "../core/body-writer.ts";
import type { Body, Clock } from "../core/ports/index.ts";

/** A body that tells, at any time, which bytes a loss of the machine would spare. */
class WitnessBody implements Body {
  bytes: number[] = [];
  safe = 0;
  writes = 0;
  readonly #scheduler: fc.Scheduler;

  constructor(scheduler: fc.Scheduler) {
    this.#scheduler = scheduler;
  }

  async write(offset: number, chunks: readonly Uint8Array[]): Promise<void> {
    this.writes += 1;
    expect(this.writes, "one write is in flight at a time").toBe(1);
    await this.#scheduler.schedule(Promise.resolve(), "write");
    this.writes -= 1;
    let at = offset;
    for (const chunk of chunks) for (const byte of chunk) this.bytes[at++] = byte;
  }

  async sync(): Promise<void> {
    const covered = this.bytes.length;
    await this.#scheduler.schedule(Promise.resolve(), "sync");
    this.safe = Math.max(this.safe, covered);
  }

  async truncate(): Promise<void> {}
  async note(): Promise<void> {}
  async [Symbol.asyncDispose](): Promise<void> {}
}

/** Fires when the test says so. */
function handClock(): Clock & { fire(): void } {
  const timers = new Map<number, () => void>();
  let next = 0;
  return {
    now: () => 0,
    setTimeout(callback) {
      timers.set(++next, callback);
      return next;
    },
    clearTimeout: (timer) => void timers.delete(timer as number),
    fire() {
      const due = [...timers.values()];
      timers.clear();
      for (const callback of due) callback();
    },
  };
}

const plan = fc.array(fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 9 }), fc.constant("tick" as const)), {
  maxLength: 40,
});

describe("body writer", () => {
  // Mutants: commit `taken` or `written` as it is after the sync, not before; sync before the write has ended.
  it("Nothing lost: commits a length only after a sync that began after its last write, in any order of completion", () =>
    fc.assert(
      fc.asyncProperty(plan, fc.scheduler(), async (steps, scheduler) => {
        const body = new WitnessBody(scheduler);
        const clock = handClock();
        const commits: number[] = [];
        const writer = createBodyWriter(body, 0, {
          clock,
          writeBytes: 8,
          checkpointBytes: 16,
          checkpointMs: 1,
          async onDurable(end) {
            expect(end, "committed bytes are safe").toBeLessThanOrEqual(body.safe);
            expect(end).toBeGreaterThan(commits.at(-1) ?? 0);
            await scheduler.schedule(Promise.resolve(), "commit");
            commits.push(end);
          },
        });
        const sent: number[] = [];
        const push = async (): Promise<void> => {
          for (const step of steps) {
            if (step === "tick") clock.fire();
            else {
              sent.push(...step);
              await writer.push([step]);
              expect(sent.length - (commits.at(-1) ?? 0), "bytes at risk are bounded").toBeLessThanOrEqual(
                16 * 2 + 8 + 9,
              );
            }
          }
          await writer.flush();
        };

        await scheduler.waitFor(push());

        expect(body.bytes).toEqual(sent);
        expect(commits.at(-1) ?? 0).toBe(sent.length);
      }),
    ));

  // Mutant: never wait for the sync in push().
  it("holds the transfer back while a slow disk has twice a checkpoint at risk", async () => {
    let release = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const body: Body = {
      // Slow enough that a write is in flight at every push.
      async write() {
        for (let turn = 0; turn < 9; turn += 1) await Promise.resolve();
      },
      sync: () => slow,
      truncate: async () => {},
      note: async () => {},
      [Symbol.asyncDispose]: async () => {},
    };
    const options = {
      clock: handClock(),
      writeBytes: 8,
      checkpointBytes: 16,
      checkpointMs: 1,
      onDurable: async () => {},
    };
    const writer = createBodyWriter(body, 0, options);
    let taken = 0;
    const pushing = (async () => {
      for (; taken < 100; taken += 1) await writer.push([Uint8Array.of(taken)]);
    })();
    for (let turn = 0; turn < 500; turn += 1) await Promise.resolve();

    expect(taken).toBeLessThanOrEqual(2 * 16 + 8);
    release();
    await pushing;
    expect(taken).toBe(100);
  });

  it("stops at the first fault, and says so to whoever pushes or flushes", async () => {
    const fault = new Error("disk on fire");
    const body: Body = {
      write: async () => {},
      sync: () => Promise.reject(fault),
      truncate: async () => {},
      note: async () => {},
      [Symbol.asyncDispose]: async () => {},
    };
    const committed: number[] = [];
    const writer = createBodyWriter(body, 0, {
      clock: handClock(),
      writeBytes: 1,
      checkpointBytes: 1,
      checkpointMs: 1,
      onDurable: async (end) => void committed.push(end),
    });
    const pushAndFlush = async (): Promise<void> => {
      await writer.push([Uint8Array.of(1)]);
      await writer.flush();
    };

    await expect(pushAndFlush()).rejects.toBe(fault);
    expect(() => writer.push([Uint8Array.of(2)])).toThrow(fault);
    expect(committed).toEqual([]);
  });
});

import type { Lock, LockCapabilities } from "../../core/ports/index.ts";
import { type ContractCase, check } from "./contract.ts";
import { refuses, refusesAborted } from "./same.ts";

/** Where a lock meets its contract. */
export interface LockHarness {
  readonly name: string;
  readonly supports: LockCapabilities;
  /** An unlocked place; each call of `lock` gives a lock on it, a new one where locks of their own exclude each other. */
  place(): Promise<{ lock(): Lock }>;
}

/** What every `Lock` must do. That a lease ends with its process can only be tested with another process. */
export const lockContract: readonly ContractCase<LockHarness>[] = [
  {
    title: "acquire rejects with LONGHAUL_LOCK_HELD at once while the lock is held",
    async run(harness) {
      const place = await harness.place();
      await using lease = await place.lock().acquire();
      await refuses("LONGHAUL_LOCK_HELD", () => place.lock().acquire());
      // A refusal must not loosen the holder's grip.
      await refuses("LONGHAUL_LOCK_HELD", () => place.lock().acquire());
      check(!lease.lost.aborted, "the lease is still ours");
    },
  },
  {
    title: "of many that acquire at the same time, one gets it",
    async run(harness) {
      const place = await harness.place();
      const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => place.lock().acquire()));
      const leases = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
      for (const lease of leases) await lease[Symbol.asyncDispose]();
      check(leases.length === 1, "one owner at a time");
    },
  },
  {
    title: "disposing releases the lock, and a lease's fence is greater than that of every lease before it",
    async run(harness) {
      const place = await harness.place();
      let last = 0;
      for (let n = 0; n < 20; n += 1) {
        const lease = await place.lock().acquire();
        check(Number.isSafeInteger(lease.fence) && lease.fence > last, "fences only grow");
        last = lease.fence;
        await lease[Symbol.asyncDispose]();
      }
    },
  },
  {
    title: "lost is aborted once the lease is no longer ours, and disposing twice releases once",
    async run(harness) {
      const place = await harness.place();
      const old = await place.lock().acquire();
      check(!old.lost.aborted, "a lease that is held is not lost");
      await old[Symbol.asyncDispose]();
      check(old.lost.aborted, "a released one is");
      await using lease = await place.lock().acquire();
      await old[Symbol.asyncDispose]();
      await refuses("LONGHAUL_LOCK_HELD", () => place.lock().acquire());
      check(!lease.lost.aborted, "the next owner keeps the lock");
    },
  },
  {
    title: "acquire rejects with the signal's reason once it is aborted",
    async run(harness) {
      const place = await harness.place();
      await refusesAborted([(signal) => place.lock().acquire({ signal })]);
      await using lease = await place.lock().acquire();
      check(!lease.lost.aborted, "and took nothing");
    },
  },
];

import type { Quota } from "../../core/ports/index.ts";
import { type ContractCase, check } from "./contract.ts";

/** Where a quota meets its contract. */
export interface QuotaHarness {
  readonly name: string;
  /** Why it knows nothing, if it does not. */
  readonly unknown?: string;
  open(): Promise<{
    readonly quota: Quota;
    /** Take so many bytes of the room that it measures. */
    take(bytes: number): Promise<void>;
  }>;
}

/** What every `Quota` must do. */
export const quotaContract: readonly ContractCase<QuotaHarness>[] = [
  {
    title: "estimate gives a count of bytes, or null",
    async run(harness) {
      const { quota } = await harness.open();
      const { available } = await quota.estimate();
      check(available === null || (Number.isInteger(available) && available >= 0), `${available} is a count of bytes`);
    },
  },
  {
    title: "estimate falls when room is taken",
    skip: ({ unknown }) => unknown,
    async run(harness) {
      const { quota, take } = await harness.open();
      const { available: before } = await quota.estimate();
      await take(4 * 1024 * 1024);
      const { available: after } = await quota.estimate();
      check((before ?? 0) - (after ?? 0) >= 4 * 1024 * 1024, `${before} falls by what was taken, to ${after}`);
    },
  },
];

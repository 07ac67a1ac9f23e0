import type { Random } from "../../core/ports/index.ts";
import { type ContractCase, check } from "./contract.ts";

/** Where a source of chance meets its contract. */
export interface RandomHarness {
  readonly name: string;
  open(): Promise<Random>;
}

/** What every `Random` must do. */
export const randomContract: readonly ContractCase<RandomHarness>[] = [
  {
    title: "next gives numbers from 0 up to, but not including, 1, all over the range",
    async run(harness) {
      const random = await harness.open();
      const tenths = new Set<number>();
      for (let n = 0; n < 2_000; n += 1) {
        const value = random.next();
        check(value >= 0 && value < 1, `${value} is in the range`);
        tenths.add(Math.floor(value * 10));
      }
      check(tenths.size === 10, "every tenth of the range is met");
    },
  },
  {
    title: "id gives 32 hexadecimal digits, and does not repeat",
    async run(harness) {
      const random = await harness.open();
      const ids = new Set<string>();
      for (let n = 0; n < 10_000; n += 1) ids.add(random.id());
      check(ids.size === 10_000, "all differ");
      for (const id of ids) check(/^[0-9a-f]{32}$/.test(id), `${id} is an id`);
      const firstDigits = new Set([...ids].map((id) => id[0]));
      check(firstDigits.size === 16, "every digit is drawn");
    },
  },
];

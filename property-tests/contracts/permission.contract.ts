import type { Permission } from "../../core/ports/index.ts";
import { type ContractCase, check } from "./contract.ts";

/** Where a permission meets its contract. */
export interface PermissionHarness {
  readonly name: string;
  open(): Promise<Permission>;
}

/** What every `Permission` must do. */
export const permissionContract: readonly ContractCase<PermissionHarness>[] = [
  {
    title: "query answers granted, denied or prompt, however often it is asked",
    async run(harness) {
      const permission = await harness.open();
      for (let times = 0; times < 3; times += 1) {
        const answer = await permission.query();
        check(["granted", "denied", "prompt"].includes(answer), `${answer} is an answer`);
      }
    },
  },
];

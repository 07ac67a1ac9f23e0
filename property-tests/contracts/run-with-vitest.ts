import { describe, it } from "vitest";
import type { ContractCase } from "./contract.ts";

/** Turn each case of a contract into a test. */
export function runWithVitest<Harness extends { readonly name: string }>(
  cases: readonly ContractCase<Harness>[],
  harness: Harness,
): void {
  describe(`contract: ${harness.name}`, () => {
    for (const { title, skip, run } of cases) {
      it(title, async (test) => {
        const reason = skip?.(harness);
        if (reason !== undefined) test.skip(reason);
        await run(harness);
      });
    }
  });
}

import { lockContract } from "../../property-tests/contracts/lock.contract.ts";
import { runWithVitest } from "../../property-tests/contracts/run-with-vitest.ts";
import { testFolder } from "../../tests/faults/test-folder.ts";
import { SqliteLock } from "./sqlite-lock.ts";

runWithVitest(lockContract, {
  name: "sqlite lock",
  supports: { acrossProcesses: true },
  async place() {
    const directory = testFolder();
    return { lock: () => new SqliteLock({ directory }) };
  },
});

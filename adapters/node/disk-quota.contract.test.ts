import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { quotaContract } from "../../property-tests/contracts/quota.contract.ts";
import { runWithVitest } from "../../property-tests/contracts/run-with-vitest.ts";
import { canMount, smallVolume } from "../../tests/faults/small-volume.ts";
import { testFolder } from "../../tests/faults/test-folder.ts";
import { DiskQuota } from "./disk-quota.ts";

// On a disk that others use too nobody can say what is free a moment later.
runWithVitest(quotaContract, {
  name: "disk",
  ...(canMount ? {} : { unknown: "nothing can be mounted here" }),
  async open() {
    const directory = canMount ? smallVolume(16 * 1024 * 1024).path : testFolder();
    return {
      quota: new DiskQuota({ directory }),
      take: (bytes) => writeFile(join(directory, "taken"), new Uint8Array(bytes)),
    };
  },
});

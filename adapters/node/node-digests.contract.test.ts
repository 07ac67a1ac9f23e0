import { digestsContract } from "../../property-tests/contracts/digests.contract.ts";
import { runWithVitest } from "../../property-tests/contracts/run-with-vitest.ts";
import { NodeDigests } from "./node-digests.ts";

runWithVitest(digestsContract, { name: "node:crypto", open: async () => new NodeDigests() });

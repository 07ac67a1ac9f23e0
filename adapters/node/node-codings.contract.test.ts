import { codingsContract } from "../../property-tests/contracts/codings.contract.ts";
import { runWithVitest } from "../../property-tests/contracts/run-with-vitest.ts";
import { NodeCodings } from "./node-codings.ts";

runWithVitest(codingsContract, {
  name: "node:zlib",
  codings: ["gzip", "deflate", "br", "zstd"],
  members: true,
  open: async () => new NodeCodings(),
});

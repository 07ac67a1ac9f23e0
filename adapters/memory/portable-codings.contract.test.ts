import { codingsContract } from "../../property-tests/contracts/codings.contract.ts";
import { runWithVitest } from "../../property-tests/contracts/run-with-vitest.ts";
import { PortableCodings } from "./portable-codings.ts";

runWithVitest(codingsContract, {
  name: "DecompressionStream",
  codings: ["gzip", "deflate"],
  members: false,
  open: async () => new PortableCodings(),
});

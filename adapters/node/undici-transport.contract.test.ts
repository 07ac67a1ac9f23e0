import { afterAll, beforeAll } from "vitest";
import { runWithVitest } from "../../property-tests/contracts/run-with-vitest.ts";
import { transportContract } from "../../property-tests/contracts/transport.contract.ts";
import { serveContractRoutes } from "../../tests/origin/contract-routes.ts";
import { createOrigin, type Origin } from "../../tests/origin/origin.ts";
import { UndiciTransport } from "./undici-transport.ts";

let origin: Origin;
let nowhere: string;

beforeAll(async () => {
  origin = await createOrigin();
  serveContractRoutes(origin);
  await using gone = await createOrigin();
  nowhere = gone.url;
});

afterAll(() => origin.close());

runWithVitest(transportContract, {
  name: "undici transport",
  supports: { uploadProgress: true, manualRedirects: true, rangeHeaders: true },
  tellsKinds: true,
  decodesCodings: false,
  open: async () => ({ transport: new UndiciTransport(), origin: origin.url, nowhere }),
});

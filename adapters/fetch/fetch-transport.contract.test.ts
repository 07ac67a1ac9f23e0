import { fetch as undiciFetch } from "undici";
import { afterAll, beforeAll } from "vitest";
import { runWithVitest } from "../../property-tests/contracts/run-with-vitest.ts";
import { transportContract } from "../../property-tests/contracts/transport.contract.ts";
import { serveContractRoutes } from "../../tests/origin/contract-routes.ts";
import { createOrigin, type Origin } from "../../tests/origin/origin.ts";
import { FetchTransport, type FetchTransportOptions } from "./fetch-transport.ts";

let origin: Origin;
let nowhere: string;

beforeAll(async () => {
  origin = await createOrigin();
  serveContractRoutes(origin);
  await using gone = await createOrigin();
  nowhere = gone.url;
});

afterAll(() => origin.close());

const variants: { readonly [name: string]: FetchTransportOptions } = {
  "the runtime's fetch": {},
  "the runtime's fetch, following redirects": { followsRedirects: true },
  "undici's fetch": { fetch: undiciFetch as unknown as typeof globalThis.fetch },
};

for (const [name, options] of Object.entries(variants)) {
  const { supports } = new FetchTransport(options);
  runWithVitest(transportContract, {
    name: `fetch transport over ${name}`,
    supports,
    tellsKinds: true,
    decodesCodings: true,
    open: async () => ({ transport: new FetchTransport(options), origin: origin.url, nowhere }),
  });
}

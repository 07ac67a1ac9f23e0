import type { RequestListener } from "node:http";
import { Agent } from "undici";
import { beforeAll, describe, expect, it } from "vitest";
import { createPrivateCa, hasOpenssl, type PrivateCa } from "../origin/private-ca.ts";
import { type Canary, found } from "./canaries.ts";
import { redirectTo, runSecretly, type Shown, secretFields, secretRequest } from "./scenario.ts";
import { createTappedServer } from "./tapped-server.ts";
import { allowed, leaks } from "./witness.ts";

const statuses = [301, 302, 303, 307, 308];
const serveFile: RequestListener = (_, response) => void response.writeHead(200, secretFields).end("film");

function expectNoLeak({ result, told, stored, responseUrl }: Shown): void {
  expect(result).toBe("success");
  expect(told).toEqual([]);
  expect(leaks(stored.keys(), allowed.atRest)).toEqual([]);
  expect(responseUrl).toMatch(/\/there\?…$/);
}

describe("a redirect to another origin", () => {
  let ca: PrivateCa | undefined;
  beforeAll(async () => {
    if (hasOpenssl) ca = await createPrivateCa();
  });

  for (const status of statuses) {
    // Mutants: keep every header; keep those of a list of secrets (`x-api-key` is on none); the final URL is stored.
    it.each([
      ["another port", {}],
      ["another host", { host: "localhost" }],
    ])(`D4 N11 N12 takes no secret along, nor leaves one behind: ${status}, %s`, async (_, options) => {
      await using there = await createTappedServer(serveFile, options);
      await using here = await createTappedServer(redirectTo(`${there.url}/there`, status));

      expectNoLeak(await runSecretly(secretRequest(`${here.url}/film`)));

      expect(leaks(found(here.heard()), allowed.firstOrigin)).toEqual([]);
      expect(found(there.heard())).toEqual(allowed.otherOrigin);
    });

    it.runIf(hasOpenssl)(`D4 N11 N12 takes no secret along to another scheme: ${status}`, async () => {
      await using there = await createTappedServer(serveFile, ca === undefined ? {} : { tls: ca });
      await using here = await createTappedServer(redirectTo(`${there.url}/there`, status));
      const dispatcher = new Agent({ connect: { ca: ca?.ca } });

      expectNoLeak(await runSecretly(secretRequest(`${here.url}/film`), { dispatcher }));

      await dispatcher.close();
      expect(found(there.heard())).toEqual(allowed.otherOrigin);
    });

    // Mutant: what a hop dropped is there again on the way back.
    it(`D4 N11 N12 and back brings no secret back: ${status}`, async () => {
      const asked: (readonly Canary[])[] = [];
      let back = "";
      await using there = await createTappedServer((request, response) => redirectTo(back, status)(request, response));
      await using here = await createTappedServer((request, response) => {
        asked.push(found(JSON.stringify([request.url, request.headers])));
        (asked.length === 1 ? redirectTo(`${there.url}/away`, status) : serveFile)(request, response);
      });
      back = `${here.url}/there`;

      expectNoLeak(await runSecretly(secretRequest(`${here.url}/film`)));

      expect(asked.map((held) => held.length > 1)).toEqual([true, false]);
      expect(asked[1]).toEqual(allowed.otherOrigin);
      expect(found(there.heard())).toEqual(allowed.otherOrigin);
    });
  }
});

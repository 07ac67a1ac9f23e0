import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openEngine } from "../../adapters/node/index.ts";
import { testFolder } from "../faults/test-folder.ts";
import { createOrigin } from "../origin/origin.ts";

const count = Number(process.env["LONGHAUL_FETCHES"] ?? 2_000);

describe("very many fetches at once", () => {
  // Mutants: a connection for each; a queue that the first fetches never leave.
  it(`J6 ${count} of them take few connections, and each ends once`, async () => {
    await using origin = await createOrigin();
    let most = 0;
    origin.route("/", (_, response) => {
      most = Math.max(most, origin.connections);
      response.writeHead(200, { "content-length": "2" }).end("ok");
    });
    await using engine = await openEngine({ directory: join(testFolder(), "store") });
    const ended: string[] = [];
    const over = new Promise<void>((resolve) => {
      engine.addEventListener("backgroundfetchsuccess", ({ registration }) => {
        ended.push(registration.id);
        if (ended.length === count) resolve();
      });
    });
    const begun = performance.now();

    const all = Array.from({ length: count }, (_, n) => engine.backgroundFetch.fetch(`f${n}`, `${origin.url}/${n}`));
    await Promise.all(all);
    const taken = performance.now();
    await over;

    console.log(
      `${count} fetches: taken in ${Math.round(taken - begun)} ms, over in ${Math.round(performance.now() - begun)} ms, ` +
        `${most} connections at most`,
    );
    expect(new Set(ended).size).toBe(count);
    expect(ended).toHaveLength(count);
    expect(most).toBeLessThanOrEqual(6);
    expect(origin.log).toHaveLength(count);
  }, 240_000);
});

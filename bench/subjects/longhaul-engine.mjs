import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
// Not by its name: within bench/, a package of its own, Node does not look for it in the package around.
import { openEngine } from "../../dist/node.js";

const [list, directory, output] = process.argv.slice(2);
const urls = (await readFile(list, "utf8")).trim().split("\n");

const engine = await openEngine({ directory, perOrigin: 16, maxActive: 32 });
const ended = new Promise((resolve, reject) => {
  engine.addEventListener("backgroundfetchsuccess", (event) => {
    const handing = output === undefined ? Promise.resolve() : handOut(event.registration);
    event.waitUntil(handing);
    handing.then(resolve, reject);
  });
  engine.addEventListener("backgroundfetchfail", (event) => reject(new Error(event.registration.failureReason)));
});
await engine.backgroundFetch.fetch("bench", urls);
await ended;
await engine.close();

/** Write what the store keeps to files, so that its bytes can be compared. */
async function handOut(registration) {
  for (const record of await registration.matchAll()) {
    const response = await record.responseReady;
    const path = join(output, basename(new URL(record.request.url).pathname));
    await pipeline(Readable.fromWeb(response.body), createWriteStream(path));
  }
}

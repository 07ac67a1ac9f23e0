import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
// Not by its name: within bench/, a package of its own, Node does not look for it in the package around.
import { openEngine } from "../../../dist/node.js";

const [url, output, directory] = process.argv.slice(2);
const engine = await openEngine({ directory, retry: { limit: 4, minDelayMs: 50, maxDelayMs: 400 } });
const failures = [];
engine.events.on("record.settled", ({ failure }) => failures.push(failure?.code));

const ended = new Promise((resolve, reject) => {
  engine.addEventListener("backgroundfetchsuccess", (event) => {
    const handing = handOut(event.registration);
    event.waitUntil(handing);
    handing.then(resolve, reject);
  });
  engine.addEventListener("backgroundfetchfail", ({ registration }) => {
    reject(new Error(`${registration.failureReason}: ${failures.join()}`));
  });
});
await engine.backgroundFetch.fetch("film", url);
try {
  await ended;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
await engine.close();

async function handOut(registration) {
  const record = await registration.match(url);
  const response = await record.responseReady;
  await pipeline(Readable.fromWeb(response.body), createWriteStream(output));
}

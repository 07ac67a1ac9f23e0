// A program that has our engine in it, and ends in its own way in the middle of a download:
// `node host-child.ts '{"directory","url","destination"}' exit|throw|reject|worker|wait`.
import { Worker } from "node:worker_threads";
import { openEngine } from "../../adapters/node/index.ts";

const [task = "{}", how = "wait"] = process.argv.slice(2);
const { directory, url, destination } = JSON.parse(task);
const KiB = 1024;

if (how === "worker") {
  // The engine runs in a worker, which is ended from outside once it has stored something.
  const worker = new Worker(new URL(import.meta.url), { argv: [task, "in-worker"], stdout: true });
  worker.stdout.once("data", async () => {
    await worker.terminate();
    process.stdout.write("terminated\n");
  });
} else {
  const options = { directory, checkpointBytes: 256 * KiB, progressMs: 5, retry: { minDelayMs: 10, maxDelayMs: 50 } };
  const engine = await openEngine(options);
  engine.addEventListener("backgroundfetchsuccess", () => {
    process.stdout.write("success\n");
    void engine.close();
  });
  const registration =
    (await engine.backgroundFetch.get("file")) ??
    (await engine.backgroundFetch.fetch("file", url, { destinations: [destination] }));
  engine.events.on("registration.progress", ({ downloaded }) => {
    if (downloaded < 1_024 * KiB || registration.result !== "") return;
    if (how !== "finish") process.stdout.write(`stored ${downloaded}\n`);
    if (how === "exit") process.exit(3);
    if (how === "throw") setImmediate(() => throwInHost());
    if (how === "reject") void Promise.reject(new Error("the host's own"));
  });
}

function throwInHost(): never {
  throw new Error("the host's own");
}

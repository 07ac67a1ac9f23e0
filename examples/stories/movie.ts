// A film is kept for a journey: downloaded into a cache, over a cut connection and a browser that was closed.
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { boot, released } from "./boot.ts";

const files = new Map([
  ["/films/7.mp4", randomBytes(10_000_000)],
  ["/films/7.vtt", Buffer.from("WEBVTT\n\n00:01.000 --> 00:02.000\nAll aboard!\n")],
  ["/films/7.jpg", randomBytes(40_000)],
]);
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

let requests = 0;
const server = createServer(async (request, response) => {
  const file = files.get(request.url ?? "");
  if (file === undefined) return void response.writeHead(404).end();
  requests += 1;
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  const range = { "content-range": `bytes ${start}-${file.length - 1}/${file.length}` };
  const fields = { etag: `"${sha256(file)}"`, "content-length": file.length - start };
  response.writeHead(start > 0 ? 206 : 200, start > 0 ? { ...fields, ...range } : fields);
  for (let at = start; at < file.length; at += 250_000) {
    response.write(file.subarray(at, at + 250_000));
    await new Promise((resolve) => setTimeout(resolve, 10));
    // Somewhere on the way the train enters a tunnel.
    if (at > 6_000_000 && start < 6_000_000) return void response.destroy();
  }
  response.end();
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
const directory = await mkdtemp(join(tmpdir(), "longhaul-movie-"));
const worker = new URL("./movie-worker.js", import.meta.url);
const { keepForTheJourney, firstBytes } = await import(new URL("./movie-page.js", import.meta.url).href);

const first = await boot(origin, worker, { directory, checkpointBytes: 1_000_000 });
const { promise: third, resolve: reached } = Promise.withResolvers<void>();
await keepForTheJourney((fraction: number) => void (fraction > 1 / 3 && reached()));
console.log(`watching while it downloads: ${(await firstBytes(1_000_000)) >= 1_000_000}`);
await third;
await first[Symbol.asyncDispose]();
console.log("the browser was closed after a third");

const second = await boot(origin, worker, { directory });
await released(second.engine, "film-7");
await second[Symbol.asyncDispose]();

const cache = await caches.open("film-7");
for (const [path, file] of files) {
  const cached = new Uint8Array(await ((await cache.match(path))?.arrayBuffer() ?? new ArrayBuffer()));
  if (sha256(cached) !== sha256(file)) throw new Error(`${path} is wrong in the cache`);
}
console.log(`the film is in the cache, every byte right, after ${requests} requests for 3 files`);
server.close();
await rm(directory, { recursive: true });

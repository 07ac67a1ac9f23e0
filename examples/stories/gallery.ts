// Photos are uploaded to a gallery: each is sent once, and the one that the server refuses stops none of the others.
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { boot, released } from "./boot.ts";

const sizes = new Map([
  ["harbour.jpg", 700_000],
  ["lighthouse.jpg", 3_000_000],
  ["panorama.jpg", 9_000_000],
  ["gulls.jpg", 120_000],
]);
const most = 5_000_000;
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const received: string[] = [];
const server = createServer(async (request, response) => {
  const type = request.headers["content-type"] ?? "";
  const form = await new Response(Readable.toWeb(request) as ReadableStream, {
    headers: { "content-type": type },
  }).formData();
  const photo = form.get("photo") as File;
  received.push(`${photo.name} ${sha256(await photo.bytes())}`);
  if (photo.size > most) response.writeHead(413).end("larger than 5 MB");
  else response.writeHead(201, { "content-type": "image/jpeg" }).end(`thumbnail of ${photo.name}`);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
const directory = await mkdtemp(join(tmpdir(), "longhaul-gallery-"));
const { upload } = await import(new URL("./gallery-page.js", import.meta.url).href);

{
  await using browser = await boot(origin, new URL("./gallery-worker.js", import.meta.url), { directory });
  const photos = [...sizes].map(([name, size]) => new File([randomBytes(size)], name, { type: "image/jpeg" }));
  const expected = await Promise.all(photos.map(async (photo) => `${photo.name} ${sha256(await photo.bytes())}`));
  const shown: number[] = [];
  const done = released(browser.engine, "gallery-summer");
  await upload("summer", photos, (fraction: number) => shown.push(fraction));
  await done;

  if (received.toSorted().join() !== expected.toSorted().join())
    throw new Error("The server did not get each photo once");
  if (shown.some((fraction, index) => fraction < (shown[index - 1] ?? 0))) throw new Error("The progress went back");
  const cache = await caches.open("gallery-summer");
  const refused = await (await cache.match("/refused"))?.json();
  if (String(refused) !== "panorama.jpg: larger than 5 MB") throw new Error(`Reported as refused: ${refused}`);
  const thumbnail = await (await cache.match("/thumbnails/gulls.jpg"))?.text();
  console.log(`${received.length} photos sent once each, ${thumbnail} in the cache, refused: ${refused}`);
}
server.close();
await rm(directory, { recursive: true });

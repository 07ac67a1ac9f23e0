import { type ConformanceCase, finalEvent, rejection, same, until } from "./harness.ts";

const stream = "Create record objects: the response streams from storage";

/** Reads until so many bytes have come. */
async function read(reader: ReadableStreamDefaultReader<Uint8Array>, count: number): Promise<number> {
  let length = 0;
  while (length < count) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
  }
  return length;
}

export const responseCases: readonly ConformanceCase[] = [
  {
    clause: "Wait for responseData's response to not be null (defect 6)",
    title: "responseReady resolves at the headers, before a byte of the body has come",
    async run({ backgroundFetch, url }) {
      const film = url("/bytes?size=9&after=0&key=a");
      const registration = await backgroundFetch.fetch("film", film);
      const response = await (await registration.match(film))?.responseReady;
      same([response?.status, registration.result, registration.downloaded], [200, "", 0], "while nothing has come");
      await fetch(url("/release?key=a"));
      same((await response?.bytes())?.length, 9, "its body");
    },
  },
  {
    clause: stream,
    title: "bytes are given out as they come, from the first one on, to each reader by itself",
    async run({ backgroundFetch, url }) {
      const film = url("/bytes?size=9000&after=5000&key=a");
      const registration = await backgroundFetch.fetch("film", film);
      const [one, other] = [await registration.match(film), await registration.match(film)];
      const first = (await one?.responseReady)?.body?.getReader();
      const second = (await other?.responseReady)?.body?.getReader();
      if (first === undefined || second === undefined) throw new Error("No body");
      same(await read(first, 5_000), 5_000, "the first reader");
      same(registration.result, "", "the fetch runs on");
      same(await read(second, 5_000), 5_000, "the second reader");
      await fetch(url("/release?key=a"));
      same([await read(first, 9_000), await read(second, 9_000)], [4_000, 4_000], "the rest");
    },
  },
  {
    clause: stream,
    title: "bytes from before a restart come first, and are the right ones",
    async run(harness) {
      const film = "/bytes?size=9000&after=5000&key=a&seed=7";
      const registration = await harness.backgroundFetch.fetch("film", film);
      await until(() => registration.downloaded === 5_000);
      await harness.restart();
      const response = await (await (await harness.backgroundFetch.get("film"))?.match(film))?.responseReady;
      const bytes = await response?.bytes();
      await fetch(harness.url("/release?key=a"));
      const whole = await (await fetch(harness.url("/bytes?size=9000&seed=7"))).bytes();
      same(bytes?.join(), whole.join(), "the body");
    },
  },
  {
    clause: "Otherwise: if responseData may not be exposed, error stream with a TypeError",
    title: "a fetch that fails errors what is read, and rejects what is waited for, with TypeError",
    async run(harness) {
      const { backgroundFetch, url } = harness;
      const away = url("/redirect?to=ftp://127.0.0.1/");
      const registration = await backgroundFetch.fetch("film", away);
      const response = (await registration.match(away))?.responseReady ?? Promise.resolve();
      same(await rejection(() => response), "TypeError", "a redirect to another scheme");
      const long = url("/bytes?size=9000&after=50&key=a&chunked");
      const other = await backgroundFetch.fetch("other", long, { downloadTotal: 100 });
      const body = (await (await other.match(long))?.responseReady)?.text() ?? Promise.resolve();
      await fetch(url("/release?key=a"));
      same(await rejection(() => body), "TypeError", "a body that is too long");
    },
  },
  {
    clause: 'set responseData\'s result to "redundant" (defect 5)',
    title: "a response that begins anew errors the stream of the old one, and match() gives the new",
    async run(harness) {
      const film = harness.url("/bytes?size=9000&after=5000&key=a&etag=W/%22weak%22");
      const registration = await harness.backgroundFetch.fetch("film", film);
      const reader = (await (await registration.match(film))?.responseReady)?.body?.getReader();
      if (reader === undefined) throw new Error("No body");
      same(await read(reader, 5_000), 5_000, "the old one");
      await harness.restart();
      same(await rejection(() => read(reader, 9_000)), "AbortError", "the old one after the restart");
      await fetch(harness.url("/release?key=a"));
      const again = await (await harness.backgroundFetch.get("film"))?.match(film);
      same((await (await again?.responseReady)?.bytes())?.length, 9_000, "the new one");
    },
  },
  {
    clause: 'exposed if the result is the empty string, "success", or "bad-status"',
    title: "the response of a status that is not ok is there, with its body",
    async run(harness) {
      const film = harness.url("/bytes?size=40&status=404&text=Gone");
      const fired = finalEvent(harness, async ({ registration }) => {
        const response = await (await registration.match(film))?.responseReady;
        return [registration.failureReason, response?.status, response?.ok, (await response?.bytes())?.length];
      });
      await harness.backgroundFetch.fetch("film", film);
      same(await fired, ["bad-status", 404, false, 40], "it");
    },
  },
];

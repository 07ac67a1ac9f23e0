import { type ConformanceCase, finalEvent, rejection, same, until } from "./harness.ts";

const requests = "requests of fetch()";
const queue = "active background fetches edit queue";

/** A body that ends when `end` is called, and tells when it was cancelled. */
function openBody(): { readonly stream: ReadableStream; end(): void; readonly cancelled: Promise<unknown> } {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  let end = (): void => undefined;
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode("begun"));
      end = () => controller.close();
    },
    cancel: resolve,
  });
  return { stream, end: () => end(), cancelled: promise };
}

const post = (url: string, body: ReadableStream): Request =>
  new Request(url, { method: "POST", body, duplex: "half" } as RequestInit);

const failing = (): ReadableStream =>
  new ReadableStream({
    pull: (controller) => controller.error(new Error("no more")),
  });

export const fetchCases: readonly ConformanceCase[] = [
  {
    clause: "resolve promise with the result of getting a BackgroundFetchRegistration instance",
    title: "gives a registration that has begun",
    async run({ backgroundFetch, url }) {
      const registration = await backgroundFetch.fetch("film", url("/bytes?after=0&key=a"));
      const { id, result, failureReason, recordsAvailable, downloaded, uploaded } = registration;
      same([id, result, failureReason, recordsAvailable, downloaded, uploaded], ["film", "", "", true, 0, 0], "it");
      same([registration.uploadTotal, registration.downloadTotal], [0, 0], "its totals");
    },
  },
  {
    clause: "fetch(DOMString id, requests, options)",
    title: "requires two arguments, and makes a string of the id",
    async run({ backgroundFetch, url }) {
      const { fetch } = backgroundFetch;
      same(await rejection(() => Reflect.apply(fetch, backgroundFetch, [])), "TypeError", "no argument");
      same(await rejection(() => Reflect.apply(fetch, backgroundFetch, ["a"])), "TypeError", "one argument");
      const held = url("/bytes?after=0&key=a");
      same((await backgroundFetch.fetch(7 as never, held)).id, "7", "a number");
      same((await backgroundFetch.fetch("", held)).id, "", "an empty string is an id too");
    },
  },
  {
    clause: "If requests is empty, return a promise rejected with a TypeError",
    title: "refuses an empty sequence",
    run: async ({ backgroundFetch }) =>
      same(await rejection(() => backgroundFetch.fetch("film", [])), "TypeError", "the rejection"),
  },
  {
    clause: "If requests is a RequestInfo, set requests to « requests »",
    title: "takes a string, a URL, a Request, and any iterable of them, in order",
    async run({ backgroundFetch, url }) {
      const held = url("/bytes?after=0&key=a");
      function* some(): Generator<string | Request> {
        yield `${held}&n=1`;
        yield new Request(`${held}&n=2`);
      }
      const given = {
        string: held,
        url: new URL(held),
        request: new Request(held),
        set: new Set([held]),
        some: some(),
      };
      for (const [id, input] of Object.entries(given)) {
        const records = await (await backgroundFetch.fetch(id, input)).matchAll();
        same(records.length, id === "some" ? 2 : 1, id);
        same(records[0]?.request.url, id === "some" ? `${held}&n=1` : held, `${id}: the first`);
      }
    },
  },
  {
    clause: requests,
    title: "are resolved against the base URL, and keep their fragment",
    async run({ backgroundFetch, url }) {
      const registration = await backgroundFetch.fetch("film", "/bytes?after=0&key=a#part");
      same((await registration.matchAll())[0]?.request.url, url("/bytes?after=0&key=a#part"), "its URL");
    },
  },
  {
    clause: requests,
    title: "may name one URL twice",
    async run({ backgroundFetch, url }) {
      const registration = await backgroundFetch.fetch("film", [url("/bytes"), url("/bytes")]);
      same((await registration.matchAll()).length, 2, "records");
    },
  },
  ...(
    [
      ["no URL", "http://"],
      ["credentials in the URL", "http://user:secret@127.0.0.1/"],
      ["a scheme that is not HTTP", "data:text/plain,film"],
      ["a port that Fetch blocks", "http://127.0.0.1:6667/"],
    ] as const
  ).map(
    ([what, input]) =>
      ({
        clause: "invoking the Request constructor … if this throws, return a promise rejected with the exception",
        title: `refuses ${what}`,
        run: async ({ backgroundFetch, url }) =>
          same(await rejection(() => backgroundFetch.fetch("film", [url("/bytes"), input])), "TypeError", "it"),
      }) satisfies ConformanceCase,
  ),
  {
    clause: "invoking the Request constructor",
    title: "uses the body of a Request, and refuses one that is used",
    async run({ backgroundFetch, url }) {
      const request = new Request(url("/echo"), { method: "POST", body: "photo" });
      const fetching = backgroundFetch.fetch("one", request);
      const taken = request.bodyUsed || request.body?.locked;
      await fetching;
      same(taken, true, "the caller's request is used at once");
      same(await rejection(() => backgroundFetch.fetch("two", request)), "TypeError", "a second time");
    },
  },
  {
    clause: 'If mode is "no-cors", return a promise rejected with a TypeError',
    title: "refuses no-cors",
    run: async ({ backgroundFetch, url }) =>
      same(
        await rejection(() => backgroundFetch.fetch("film", new Request(url("/bytes"), { mode: "no-cors" }))),
        "TypeError",
        "it",
      ),
  },
  {
    clause: 'If permission is "denied", reject promise with a NotAllowedError',
    title: "comes after the checks of the requests, and before that of the id",
    async run(harness) {
      const { backgroundFetch, url } = harness;
      await backgroundFetch.fetch("film", url("/bytes?after=0&key=a"));
      harness.permission = "denied";
      same(await rejection(() => backgroundFetch.fetch("other", [])), "TypeError", "nothing asked for");
      same(await rejection(() => backgroundFetch.fetch("film", url("/bytes"))), "NotAllowedError", "a taken id");
      same(await backgroundFetch.getIds(), ["film"], "what is active");
    },
  },
  {
    clause: 'If permission is "prompt", the user agent may set the paused flag',
    title: "starts nothing until the user has agreed",
    async run(harness) {
      harness.permission = "prompt";
      await harness.backgroundFetch.fetch("film", harness.url("/bytes"));
      const log = await (await fetch(harness.url("/log"))).json();
      same(log, [], "the server's log");
    },
  },
  {
    clause: "If bgFetchMap[id] exists, reject promise with a TypeError",
    title: "refuses an active id, also one that is being taken in, and takes it when it is free",
    async run(harness) {
      const { backgroundFetch, url } = harness;
      const held = url("/bytes?after=0&key=a");
      const first = backgroundFetch.fetch("film", held);
      same(await rejection(() => backgroundFetch.fetch("film", held)), "TypeError", "while it is taken in");
      await first;
      same(await rejection(() => backgroundFetch.fetch("film", held)), "TypeError", "while it runs");
      await (await first).abort();
      same((await backgroundFetch.fetch("film", held)).id, "film", "after it was aborted");
    },
  },
  {
    clause: "If storing requests fails due to exceeding a quota limit, reject with a QuotaExceededError",
    title: "refuses a downloadTotal for which there is no room, and no other",
    async run(harness) {
      const { backgroundFetch, url } = harness;
      harness.quota = 1_000;
      const ask = (downloadTotal: number) => () => backgroundFetch.fetch("film", url("/bytes"), { downloadTotal });
      same(await rejection(ask(1_001)), "QuotaExceededError", "one byte too many");
      same(await rejection(ask(Number.MAX_SAFE_INTEGER)), "QuotaExceededError", "far too many");
      same(await rejection(ask(1_000)), "no rejection", "as many as there is room for");
    },
  },
  {
    clause: "If requestReadFailed is true, reject promise with a TypeError",
    title: "refuses a body that fails, lets go of the others, and frees the id",
    async run({ backgroundFetch, url }) {
      const other = openBody();
      const bad = [post(url("/echo"), failing()), post(url("/echo"), other.stream)];
      same(await rejection(() => backgroundFetch.fetch("film", bad)), "TypeError", "the rejection");
      await other.cancelled;
      same(await rejection(() => backgroundFetch.fetch("film", url("/bytes"))), "no rejection", "the id again");
    },
  },
  {
    clause: queue,
    title: "is not held up by a body that comes slowly (defect 15)",
    async run(harness) {
      const { backgroundFetch, url } = harness;
      const slow = openBody();
      const first = backgroundFetch.fetch("slow", post(url("/echo"), slow.stream));
      const fired = finalEvent(harness, ({ registration }) => registration.id);
      const second = await backgroundFetch.fetch("quick", url("/bytes"));
      same([second.id, await fired], ["quick", "quick"], "the other one is done");
      slow.end();
      same((await first).uploadTotal, 5, "and then the slow one begins");
    },
  },
  {
    clause: "Wait for requestBodiesRemaining to be 0",
    title: "resolves only when the bodies are stored: they are there after a restart",
    async run(harness) {
      const { backgroundFetch, url } = harness;
      const body = openBody();
      let begun = false;
      const fetching = backgroundFetch
        .fetch("film", post(url("/echo?hold&key=a"), body.stream))
        .then((registration) => {
          begun = true;
          return registration;
        });
      await backgroundFetch.getIds();
      same(begun, false, "before the body has ended");
      body.end();
      const [record] = await (await fetching).matchAll();
      same(await record?.request.text(), "begun", "its body");
      await until(async () => (await (await fetch(url("/log"))).json()).length === 1);
    },
  },
];

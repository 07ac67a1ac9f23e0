import type { BackgroundFetchRegistration } from "../../core/index.ts";
import { type ConformanceCase, type ConformanceHarness, finalEvent, rejection, same } from "./harness.ts";

const matches = "request matches cached item";
const post = (url: string): Request => new Request(url, { method: "POST", body: "photo" });

/** One URL twice, another search, and a POST. */
async function four({ backgroundFetch, url }: ConformanceHarness): Promise<BackgroundFetchRegistration> {
  const film = url("/bytes?size=3");
  return backgroundFetch.fetch("film", [film, film, url("/bytes?size=4"), post(film)]);
}

export const matchCases: readonly ConformanceCase[] = [
  {
    clause: "matchAll(optional RequestInfo request)",
    title: "without a request gives all records, in order; undefined is none, null a string",
    async run(harness) {
      const registration = await four(harness);
      const film = harness.url("/bytes?size=3");
      const all = (await registration.matchAll()).map(({ request }) => `${request.method} ${request.url}`);
      same(all, [`GET ${film}`, `GET ${film}`, `GET ${harness.url("/bytes?size=4")}`, `POST ${film}`], "all");
      same((await registration.matchAll(undefined)).length, 4, "undefined");
      same((await registration.matchAll(null as never)).length, 0, "null");
    },
  },
  {
    clause: matches,
    title: "gives every record of the URL; ignoreSearch and ignoreMethod give more",
    async run(harness) {
      const registration = await four(harness);
      const count = async (options: object): Promise<number> =>
        (await registration.matchAll(harness.url("/bytes?size=3"), options)).length;
      same(await count({}), 2, "as it is");
      same(await count({ ignoreSearch: true }), 3, "ignoreSearch");
      same(await count({ ignoreMethod: true }), 3, "ignoreMethod");
      same(await count({ ignoreSearch: true, ignoreMethod: true }), 4, "both");
    },
  },
  {
    clause: matches,
    title: "a POST is found only with ignoreMethod, also by a POST",
    async run(harness) {
      const registration = await four(harness);
      const query = (): Request => post(harness.url("/bytes?size=3"));
      same((await registration.matchAll(query())).length, 0, "by its own method");
      same((await registration.matchAll(query(), { ignoreMethod: true })).length, 3, "ignoreMethod");
    },
  },
  {
    clause: matches,
    title: "fragments do not count, and relative URLs are resolved",
    async run(harness) {
      const registration = await four(harness);
      same((await registration.matchAll("/bytes?size=3#part")).length, 2, "with a fragment");
    },
  },
  {
    clause: matches,
    title: "a field that Vary names must be the same, unless ignoreVary",
    async run(harness) {
      const { backgroundFetch, url } = harness;
      const film = url(`/bytes?headers=${encodeURIComponent(JSON.stringify({ vary: "Accept-Language, x-kind" }))}`);
      const asked = (language: string): Request => new Request(film, { headers: { "accept-language": language } });
      const fired = finalEvent(harness, async ({ registration }) => [
        (await registration.matchAll(asked("de"))).length,
        (await registration.matchAll(asked("fr"))).length,
        (await registration.matchAll(asked("fr"), { ignoreVary: true })).length,
      ]);
      await backgroundFetch.fetch("film", asked("de"));
      same(await fired, [1, 0, 1], "the same, another, ignored");
    },
  },
  {
    clause: "react to promise with matches[0]",
    title: "match() gives the first, or undefined",
    async run(harness) {
      const registration = await four(harness);
      same((await registration.match(harness.url("/bytes?size=4")))?.request.url, harness.url("/bytes?size=4"), "one");
      same(await registration.match(harness.url("/other")), undefined, "none");
      same(await registration.match("ftp://127.0.0.1/"), undefined, "another scheme");
    },
  },
  {
    clause: "match(RequestInfo request, optional CacheQueryOptions options = {})",
    title: "requires a request that is one, and options that are a dictionary",
    async run(harness) {
      const registration = await four(harness);
      same(await rejection(() => Reflect.apply(registration.match, registration, [])), "TypeError", "no argument");
      same(await rejection(() => registration.match("http://")), "TypeError", "no URL");
      same(await rejection(() => registration.match("/", 5 as never)), "TypeError", "no dictionary");
      const truthy = await registration.matchAll("/bytes?size=9", { ignoreSearch: "yes" as never });
      same(truthy.length, 3, "a truthy option");
    },
  },
  {
    clause: "a new BackgroundFetchRecord",
    title: "each call gives new record objects",
    async run(harness) {
      const registration = await four(harness);
      const [one] = await registration.matchAll();
      const [other] = await registration.matchAll();
      same(one === other, false, "the same object");
    },
  },
  {
    clause: "If records available flag is unset, return a promise rejected with an InvalidStateError",
    title: "records are there until the final event has been handled, and then no more",
    async run(harness) {
      const handled = Promise.withResolvers<void>();
      const fired = finalEvent(harness, async ({ registration }) => {
        const answer = [registration.recordsAvailable, (await registration.matchAll()).length];
        handled.resolve();
        return answer;
      });
      const registration = await four(harness);
      same(await fired, [true, 4], "in the handler");
      while (registration.recordsAvailable) await new Promise((resolve) => setTimeout(resolve, 1));
      same(await rejection(() => registration.match("/")), "InvalidStateError", "match()");
      same(await rejection(() => registration.matchAll()), "InvalidStateError", "matchAll()");
    },
  },
];

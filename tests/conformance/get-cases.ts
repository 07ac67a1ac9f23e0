import { type ConformanceCase, finalEvent, rejection, same } from "./harness.ts";

const gets = "Get a BackgroundFetchRegistration instance";

export const getCases: readonly ConformanceCase[] = [
  {
    clause: "If bgFetch is undefined, resolve promise with undefined",
    title: "gives undefined for an id that is not active",
    run: async ({ backgroundFetch }) => same(await backgroundFetch.get("film"), undefined, "what it gives"),
  },
  {
    clause: "get(DOMString id)",
    title: "requires an argument, and makes a string of it",
    async run({ backgroundFetch, url }) {
      same(await rejection(() => Reflect.apply(backgroundFetch.get, backgroundFetch, [])), "TypeError", "none");
      const registration = await backgroundFetch.fetch("7", url("/bytes?after=0&key=a"));
      same((await backgroundFetch.get(7 as never)) === registration, true, "a number");
    },
  },
  {
    clause: gets,
    title: "fetch(), get() and the event give the same object, with what was put on it",
    async run(harness) {
      const { backgroundFetch, url } = harness;
      const fired = finalEvent(harness, ({ registration }) => registration);
      const registration = await backgroundFetch.fetch("film", url("/bytes?after=1&key=a"));
      Object.assign(registration, { mine: 1 });
      const again = await backgroundFetch.get("film");
      same(again === registration, true, "get()");
      await fetch(url("/release?key=a"));
      const last = await fired;
      same(last === registration && Reflect.get(last, "mine") === 1, true, "the event");
    },
  },
  {
    clause: gets,
    title: "a fetch of the same id later is another object",
    async run({ backgroundFetch, url }) {
      const first = await backgroundFetch.fetch("film", url("/bytes?after=0&key=a"));
      await first.abort();
      const second = await backgroundFetch.fetch("film", url("/bytes?after=0&key=a"));
      same(first === second, false, "the same object");
    },
  },
  {
    clause: "getIds(): the keys of active background fetches",
    title: "gives those that run, in the order in which they were made, and no others",
    async run(harness) {
      const { backgroundFetch, url } = harness;
      same(await backgroundFetch.getIds(), [], "at first");
      const held = url("/bytes?after=0&key=a");
      for (const id of ["b", "a", "c"]) await backgroundFetch.fetch(id, held);
      await (await backgroundFetch.get("a"))?.abort();
      same(await backgroundFetch.getIds(), ["b", "c"], "those that run");
    },
  },
  {
    clause: "If activeBgFetches contains bgFetch, then remove activeBgFetches[id]",
    title: "the id is free before the event is fired, and may be used in its handler",
    async run(harness) {
      const { backgroundFetch, url } = harness;
      const fired = finalEvent(harness, async () => {
        const gone = [await backgroundFetch.get("film"), await backgroundFetch.getIds()];
        const again = await backgroundFetch.fetch("film", url("/bytes?after=0&key=b"));
        return [...gone, again.result];
      });
      await backgroundFetch.fetch("film", url("/bytes"));
      same(await fired, [undefined, [], ""], "in the handler");
    },
  },
  {
    clause: "Allow fetches to continue even if the user closes all windows & workers",
    title: "an active fetch is there again after a restart, and goes on",
    async run(harness) {
      await harness.backgroundFetch.fetch("film", harness.url("/bytes?after=10&key=a"), {
        title: "Film",
        downloadTotal: 2_000,
      });
      await harness.restart();
      const registration = await harness.backgroundFetch.get("film");
      same([registration?.id, registration?.result, registration?.downloadTotal], ["film", "", 2_000], "it");
      const fired = finalEvent(harness, ({ type }) => type);
      await fetch(harness.url("/release?key=a"));
      same(await fired, "backgroundfetchsuccess", "the event");
    },
  },
];

import { type ConformanceCase, finalEvent, rejection, same } from "./harness.ts";

export const abortCases: readonly ConformanceCase[] = [
  {
    clause: "Remove activeBgFetches[id]. Resolve promise with true",
    title: "is true for the call that did it, and false for every other",
    async run({ backgroundFetch, url }) {
      const registration = await backgroundFetch.fetch("film", url("/bytes?after=0&key=a"));
      const calls = [registration.abort(), registration.abort()];
      same(await Promise.all(calls), [true, false], "two at once");
      same([await registration.abort(), await backgroundFetch.get("film")], [false, undefined], "afterwards");
    },
  },
  {
    clause: "If activeBgFetches does not contain bgFetch, resolve promise with false",
    title: "is false when the fetch has settled",
    async run(harness) {
      const fired = finalEvent(harness, ({ registration }) => registration.abort());
      await harness.backgroundFetch.fetch("film", harness.url("/bytes"));
      same(await fired, false, "in the handler");
    },
  },
  {
    clause: 'Otherwise, set failureReason to "aborted"',
    title: "ends in backgroundfetchabort, which has no updateUI(), with the reason aborted",
    async run(harness) {
      const fired = finalEvent(harness, (event) => [
        event.type,
        "updateUI" in event,
        event.registration.result,
        event.registration.failureReason,
      ]);
      const registration = await harness.backgroundFetch.fetch("film", harness.url("/bytes?after=0&key=a"));
      await registration.abort();
      same(await fired, ["backgroundfetchabort", false, "failure", "aborted"], "the event");
    },
  },
  {
    clause: 'If abort all flag is set, set responseData\'s result to "aborted"',
    title: "rejects the responses that were waited for, and errors those that were read, with AbortError",
    async run({ backgroundFetch, url }) {
      const [read, waited] = [url("/bytes?size=9&after=3&key=a"), url("/bytes?status=503&n=1")];
      const registration = await backgroundFetch.fetch("film", [read, waited]);
      const response = await (await registration.match(read))?.responseReady;
      const waiting = (await registration.match(waited))?.responseReady ?? Promise.resolve();
      await registration.abort();
      same(await rejection(() => response?.text() ?? Promise.resolve()), "AbortError", "the body");
      same(await rejection(() => waiting), "AbortError", "the response");
    },
  },
  {
    clause: "Wait for paused flag to be unset (defect 7)",
    title: "a fetch that is paused ends in the abort event too",
    async run(harness) {
      harness.permission = "prompt";
      const fired = finalEvent(harness, ({ type }) => type);
      const registration = await harness.backgroundFetch.fetch("film", harness.url("/bytes"));
      same(await registration.abort(), true, "abort()");
      same(await fired, "backgroundfetchabort", "the event");
    },
  },
  {
    clause: "If we've returned true from abort(), this ensures we fire the related abort event",
    title: "what a crash comes after is aborted all the same, after the restart",
    async run(harness) {
      const registration = await harness.backgroundFetch.fetch("film", harness.url("/bytes?after=0&key=a"));
      same(await registration.abort(), true, "abort()");
      await harness.restart();
      same(await finalEvent(harness, ({ type }) => type), "backgroundfetchabort", "the event");
    },
  },
];

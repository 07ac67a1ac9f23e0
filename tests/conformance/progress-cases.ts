import { type ConformanceCase, finalEvent, same, until } from "./harness.ts";

const update = "Update background fetch instances";

export const progressCases: readonly ConformanceCase[] = [
  {
    clause: update,
    title: "fires a plain progress event at the registration for each change, and none without one",
    async run(harness) {
      const { backgroundFetch, url } = harness;
      const registration = await backgroundFetch.fetch("film", url("/bytes?size=9000&after=5000&key=a"));
      const seen: string[] = [];
      const plain: boolean[] = [];
      registration.addEventListener("progress", (event) => {
        plain.push(event.constructor === Event && event.target === registration && !event.bubbles && !event.cancelable);
        const { downloaded, uploaded, result, failureReason } = registration;
        seen.push([downloaded, uploaded, result, failureReason].join());
      });
      const fired = finalEvent(harness, () => undefined);
      await until(() => registration.downloaded === 5_000);
      await fetch(url("/release?key=a"));
      await fired;
      await until(() => !registration.recordsAvailable);
      same(new Set(seen).size, seen.length, "each says something new");
      same(seen.at(-1), "9000,0,success,", "the last");
      same(plain.every(Boolean), true, "plain events");
    },
  },
  {
    clause: "downloaded: a copy of the stored body bytes total",
    title: "counts the bytes of all bodies, and never falls while nothing begins anew",
    async run(harness) {
      const seen: number[] = [];
      const fired = finalEvent(harness, ({ registration }) => registration.downloaded);
      const registration = await harness.backgroundFetch.fetch("film", [
        harness.url("/bytes?size=9000&cut=4000"),
        harness.url("/bytes?size=700"),
      ]);
      registration.onprogress = () => seen.push(registration.downloaded);
      same(await fired, 9_700, "all of them");
      same(
        seen,
        seen.toSorted((one, other) => one - other),
        "rising",
      );
    },
  },
  {
    clause: "attribute EventHandler onprogress",
    title: "is null at first, and its handler is called with the registration as this",
    async run(harness) {
      const registration = await harness.backgroundFetch.fetch("film", harness.url("/bytes"));
      same(registration.onprogress, null, "at first");
      const called = new Promise((resolve) => {
        registration.onprogress = function (this: unknown) {
          resolve(this === registration);
        };
      });
      same(await called, true, "this");
    },
  },
  {
    clause: "get(): this ensures the new instance doesn't miss any progress events",
    title: "what get() gives after a restart has the bytes so far, and tells of the rest",
    async run(harness) {
      const first = await harness.backgroundFetch.fetch("film", "/bytes?size=9000&after=5000&key=a");
      await until(() => first.downloaded === 5_000);
      await harness.restart();
      const registration = await harness.backgroundFetch.get("film");
      if (registration === undefined) throw new Error("Gone");
      same(registration.downloaded >= 5_000, true, "bytes so far");
      await until(() => registration.downloaded === 9_000);
      await fetch(harness.url("/release?key=a"));
    },
  },
  {
    clause: "If bgFetchRegistration's result is not the empty string, then abort these steps",
    title: "nothing changes once it has settled",
    async run(harness) {
      const registration = await harness.backgroundFetch.fetch("film", harness.url("/bytes?after=0&key=a"));
      await registration.abort();
      const fired = finalEvent(harness, () => undefined);
      const settled = [registration.result, registration.failureReason, registration.downloaded];
      await fetch(harness.url("/release?key=a"));
      await fired;
      await until(() => !registration.recordsAvailable);
      same([registration.result, registration.failureReason, registration.downloaded], settled, "afterwards");
    },
  },
];

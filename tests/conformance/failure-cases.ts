import { type ConformanceCase, finalEvent, same, until } from "./harness.ts";

const perform = "Perform a background fetch";

export const failureCases: readonly ConformanceCase[] = [
  {
    clause: "Wait for settledFetches to be records's size",
    title: "one bad status fails the fetch, but only after the others have settled",
    async run(harness) {
      const { backgroundFetch, url } = harness;
      const slow = url("/bytes?size=9&after=3&key=a");
      const fired = finalEvent(harness, async ({ type, registration }) => {
        const response = await (await registration.match(slow))?.responseReady;
        return [type, registration.result, registration.failureReason, (await response?.bytes())?.length];
      });
      const registration = await backgroundFetch.fetch("film", [url("/bytes?status=404"), slow]);
      await until(
        async () => (await (await registration.match(url("/bytes?status=404")))?.responseReady)?.status === 404,
      );
      same(registration.result, "", "it runs on");
      await fetch(url("/release?key=a"));
      same(await fired, ["backgroundfetchfail", "failure", "bad-status", 9], "its end");
    },
  },
  {
    clause: 'If result is "download-total-exceeded", set immediateFailure to true',
    title: "more bytes than downloadTotal fail it at once, with the others unfinished, and never as an abort",
    async run(harness) {
      const { backgroundFetch, url } = harness;
      const fired = finalEvent(harness, ({ type, registration }) => [type, registration.failureReason]);
      const requests = [url("/bytes?after=0&key=a"), url("/bytes?size=200&chunked")];
      const registration = await backgroundFetch.fetch("film", requests, { downloadTotal: 100 });
      same(await fired, ["backgroundfetchfail", "download-total-exceeded"], "its end");
      same(registration.downloaded <= 100, true, "no more stored than allowed");
    },
  },
  {
    clause: "stored body bytes total plus the size of bytes is greater than downloadTotal",
    title: "exactly downloadTotal bytes are a success, and 0 is no limit",
    async run(harness) {
      for (const downloadTotal of [1_000, 0]) {
        const fired = finalEvent(harness, ({ type }) => type);
        await harness.backgroundFetch.fetch("film", harness.url("/bytes?size=1000"), { downloadTotal });
        same(await fired, "backgroundfetchsuccess", `${downloadTotal}`);
      }
    },
  },
  {
    clause: `${perform} (defects 1 and 13)`,
    title: "the first failure in time is the reason",
    async run(harness) {
      const { backgroundFetch, url } = harness;
      const fired = finalEvent(harness, ({ registration }) => registration.failureReason);
      const later = url("/bytes?status=404&size=9&after=0&key=a");
      const first = url("/redirect?to=ftp://127.0.0.1/");
      const registration = await backgroundFetch.fetch("film", [later, first]);
      await (await registration.match(first))?.responseReady.catch(() => undefined);
      await fetch(url("/release?key=a"));
      same(await fired, "fetch-error", "the reason");
    },
  },
  {
    clause: `${perform} (defect 13)`,
    title: "abort() wins over a failure that came before it",
    async run(harness) {
      const { backgroundFetch, url } = harness;
      const fired = finalEvent(harness, ({ type, registration }) => [type, registration.failureReason]);
      const registration = await backgroundFetch.fetch("film", [url("/bytes?status=404"), url("/bytes?after=0&key=a")]);
      await (await registration.match(url("/bytes?status=404")))?.responseReady;
      await registration.abort();
      same(await fired, ["backgroundfetchabort", "aborted"], "its end");
    },
  },
  {
    clause: 'set responseData\'s result to "success"',
    title: "all bodies whole and all statuses ok are a success, over a cut connection too",
    async run(harness) {
      const fired = finalEvent(harness, ({ type, registration }) => [
        type,
        registration.result,
        registration.failureReason,
      ]);
      await harness.backgroundFetch.fetch("film", [harness.url("/bytes?size=9000&cut=4000"), harness.url("/bytes")]);
      same(await fired, ["backgroundfetchsuccess", "success", ""], "its end");
      const log: { path: string; range: string | null }[] = await (await fetch(harness.url("/log"))).json();
      const ranges = log.filter(({ path }) => path.includes("cut")).map(({ range }) => range);
      same(
        [ranges.length, ranges[0], /^bytes=[1-9]\d*-$/.test(ranges[1] ?? "")],
        [2, null, true],
        "asked for the rest alone",
      );
    },
  },
  {
    clause: "redirect mode",
    title: 'is kept to: a redirect fails a request of mode "error", and is followed otherwise',
    async run(harness) {
      const { backgroundFetch, url } = harness;
      const away = url(`/redirect?to=${encodeURIComponent("/bytes?size=5")}`);
      for (const [redirect, expected] of [
        ["error", "fetch-error"],
        ["follow", ""],
      ] as const) {
        const fired = finalEvent(harness, ({ registration }) => registration.failureReason);
        await backgroundFetch.fetch("film", new Request(away, { redirect }));
        same(await fired, expected, redirect);
      }
    },
  },
];

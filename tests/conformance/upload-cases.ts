import { type ConformanceCase, finalEvent, same, until } from "./harness.ts";

interface Echo {
  readonly method: string;
  readonly length: number;
  readonly headers: { readonly [name: string]: string };
}

const post = (url: string, body: BodyInit): Request => new Request(url, { method: "POST", body });

export const uploadCases: readonly ConformanceCase[] = [
  {
    clause: "Increment uploadTotal by request's body's length",
    title: "is the sum of all bodies, known at once",
    async run({ backgroundFetch, url }) {
      const held = url("/echo?hold&key=a");
      const registration = await backgroundFetch.fetch("film", [post(held, "12345"), url("/bytes"), post(held, "67")]);
      same(registration.uploadTotal, 7, "uploadTotal");
    },
  },
  {
    clause: "process request body: increment bgFetch's uploaded",
    title: "rises to uploadTotal, and the progress event tells of it",
    async run(harness) {
      const seen: number[] = [];
      const body = new Uint8Array(3_000_000);
      const fired = finalEvent(harness, ({ registration }) => [registration.uploaded, registration.uploadTotal]);
      const registration = await harness.backgroundFetch.fetch("film", post(harness.url("/echo"), body));
      registration.onprogress = () => seen.push(registration.uploaded);
      same(await fired, [3_000_000, 3_000_000], "at the end");
      same(
        seen,
        seen.toSorted((one, other) => one - other),
        "rising",
      );
    },
  },
  {
    clause: "Fetch request",
    title: "sends the method, the fields and every byte of the body, and the response can be read",
    async run(harness) {
      const request = new Request(harness.url("/echo"), {
        method: "PUT",
        body: new Blob(["x".repeat(100_000)], { type: "image/png" }),
        headers: { "x-gallery": "summer" },
      });
      const fired = finalEvent(harness, async ({ registration }) => {
        const [record] = await registration.matchAll();
        const echo: Echo | undefined = await (await record?.responseReady)?.json();
        const { method, length, headers = {} } = echo ?? {};
        return [method, length, headers["x-gallery"], headers["content-type"], headers["content-length"]];
      });
      await harness.backgroundFetch.fetch("film", request);
      same(await fired, ["PUT", 100_000, "summer", "image/png", "100000"], "what the server got");
    },
  },
  {
    clause: "If request's method is not GET, reissuing the request may have unwanted side effects",
    title: "a POST is not sent again, whatever its answer is, nor after a restart",
    async run(harness) {
      const busy = harness.url("/echo?status=503");
      const fired = finalEvent(harness, ({ registration }) => registration.failureReason);
      await harness.backgroundFetch.fetch("busy", post(busy, "photo"));
      same(await fired, "bad-status", "503");
      await harness.backgroundFetch.fetch("cut", post(harness.url("/echo?hold&key=a"), "photo"));
      const log = async (): Promise<number> => (await (await fetch(harness.url("/log"))).json()).length;
      await until(async () => (await log()) === 2);
      await harness.restart();
      same(
        await finalEvent(harness, ({ registration }) => registration.failureReason),
        "fetch-error",
        "after a restart",
      );
      same(await log(), 2, "requests");
    },
  },
  {
    clause: "This means if the user is uploading 100 photos, 99 won't be aborted just because one fails",
    title: "the other photos arrive, and the app can find out which did not",
    async run(harness) {
      const { backgroundFetch, url } = harness;
      const requests = ["/echo?n=1", "/echo?n=2&status=413", "/echo?n=3"].map((path) => post(url(path), "photo"));
      const fired = finalEvent(harness, async ({ type, registration }) => {
        const statuses: (number | undefined)[] = [];
        for (const record of await registration.matchAll()) statuses.push((await record.responseReady).status);
        return [type, registration.failureReason, statuses];
      });
      await backgroundFetch.fetch("gallery", requests);
      same(await fired, ["backgroundfetchfail", "bad-status", [200, 413, 200]], "its end");
    },
  },
];

import { type ConformanceCase, finalEvent, same } from "./harness.ts";

const request = "Request: a copy of record's request, including its body";

const bodies: readonly (readonly [string, () => BodyInit, string])[] = [
  ["a string", () => "photo", "photo"],
  ["an ArrayBuffer", () => new TextEncoder().encode("photo").buffer, "photo"],
  ["a typed array", () => new TextEncoder().encode("photo"), "photo"],
  ["a DataView", () => new DataView(new TextEncoder().encode("photo").buffer), "photo"],
  ["a Blob", () => new Blob(["photo"], { type: "image/png" }), "photo"],
  ["a File", () => new File(["photo"], "photo.png"), "photo"],
  ["URLSearchParams", () => new URLSearchParams({ a: "1 2" }), "a=1+2"],
  ["a stream", () => new Response("photo").body as ReadableStream, "photo"],
];

export const recordCases: readonly ConformanceCase[] = [
  {
    clause: request,
    title: "has the method, the fields and the settings it was given",
    async run({ backgroundFetch, url }) {
      const given = new Request(url("/bytes?after=0&key=a"), {
        method: "PUT",
        body: "photo",
        headers: { "x-kind": "photo", "content-type": "image/png" },
        credentials: "include",
        cache: "no-store",
        redirect: "error",
        referrerPolicy: "no-referrer",
      });
      const [record] = await (await backgroundFetch.fetch("film", given)).matchAll();
      const copy = record?.request;
      same(copy instanceof Request, true, "a Request");
      same(
        [copy?.method, copy?.headers.get("x-kind"), copy?.headers.get("content-type")],
        ["PUT", "photo", "image/png"],
        "what is sent",
      );
      same(
        [copy?.credentials, copy?.cache, copy?.redirect, copy?.referrerPolicy],
        ["include", "no-store", "error", "no-referrer"],
        "its settings",
      );
    },
  },
  ...bodies.map(
    ([what, body, text]) =>
      ({
        clause: request,
        title: `has its body: ${what}`,
        async run({ backgroundFetch, url }) {
          const given = new Request(url("/echo?hold&key=a"), {
            method: "POST",
            body: body(),
            duplex: "half",
          } as RequestInit);
          const type = given.headers.get("content-type");
          const registration = await backgroundFetch.fetch("film", given);
          const [one, other] = [(await registration.matchAll())[0], (await registration.matchAll())[0]];
          same(await one?.request.text(), text, "its body");
          same(await other?.request.text(), text, "that of another record object");
          same(one?.request.headers.get("content-type"), type, "its type");
        },
      }) satisfies ConformanceCase,
  ),
  {
    clause: request,
    title: "has its body: FormData, as a form",
    async run({ backgroundFetch, url }) {
      const body = new FormData();
      body.set("title", "Harbour");
      body.set("photo", new File(["bytes"], "photo.png", { type: "image/png" }));
      const given = new Request(url("/echo?hold&key=a"), { method: "POST", body });
      const [record] = await (await backgroundFetch.fetch("film", given)).matchAll();
      const form = await record?.request.formData();
      const photo = form?.get("photo") as File;
      same([form?.get("title"), photo.name, await photo.text()], ["Harbour", "photo.png", "bytes"], "its parts");
    },
  },
  {
    clause: "readonly attribute Request request; readonly attribute Promise<Response> responseReady",
    title: "each is the same object whenever it is read",
    async run({ backgroundFetch, url }) {
      const [record] = await (await backgroundFetch.fetch("film", url("/bytes"))).matchAll();
      const [request, responseReady] = [record?.request, record?.responseReady];
      same(record?.request === request, true, "request");
      same(record?.responseReady === responseReady, true, "responseReady");
    },
  },
  {
    clause: "Response: a copy of responseData's response",
    title: "has its status, its text, its fields and its URL, but no Content-Length and no Content-Range",
    async run(harness) {
      const headers = encodeURIComponent(JSON.stringify({ "x-kind": "film" }));
      const url = harness.url(`/bytes?size=3000&cut=2000&status=200&text=Fine&headers=${headers}`);
      const fired = finalEvent(harness, async ({ registration }) => {
        const response = await (await registration.match(url))?.responseReady;
        const { status, statusText, ok } = response ?? {};
        const fields = ["x-kind", "content-length", "content-range"].map((name) => response?.headers.get(name));
        return [status, statusText, ok, fields, response?.url, (await response?.bytes())?.length];
      });
      await harness.backgroundFetch.fetch("film", url);
      same(await fired, [200, "Fine", true, ["film", null, null], url, 3000], "it");
    },
  },
];

import type { RequestListener } from "node:http";
import { describe, expect, it } from "vitest";
import { canaries } from "./canaries.ts";
import { runSecretly, secretFields, secretRequest } from "./scenario.ts";
import { createTappedServer, type TappedServer } from "./tapped-server.ts";
import { allowed, leaks } from "./witness.ts";

const bytes = Buffer.alloc(100_000, "film ");

const serveFile: RequestListener = (_, response) => void response.writeHead(200, secretFields).end(bytes);

/** Breaks off in the middle, then goes on from there. */
function cutOnce(): RequestListener {
  let times = 0;
  return (request, response) => {
    times += 1;
    const [, start = "0"] = /^bytes=(\d+)-$/.exec(request.headers.range ?? "") ?? [];
    const rest = bytes.subarray(Number(start));
    const range = start === "0" ? {} : { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` };
    const fields = { ...secretFields, ...range, etag: '"film"', "content-length": rest.length };
    response.writeHead(start === "0" ? 200 : 206, fields);
    if (times > 1) response.end(rest);
    else response.write(rest.subarray(0, 60_000), () => response.socket?.destroy());
  };
}

const answerWith =
  (status: number): RequestListener =>
  (_, response) =>
    void response.writeHead(status, secretFields).end("no");

const sayNoHttp: RequestListener = (_, response) => {
  response.socket?.end(
    `HTTP/1.1 200 OK\r\nset-cookie: ${canaries.setCookie}\r\nbad header ${canaries.authToken}\r\n\r\n`,
  );
};

const locate =
  (location: string): RequestListener =>
  (_, response) =>
    void response.writeHead(302, { ...secretFields, location }).end();

const cases: readonly {
  readonly title: string;
  readonly serve: RequestListener;
  readonly result: string;
  readonly init?: RequestInit;
}[] = [
  { title: "a success", serve: serveFile, result: "success" },
  { title: "a cut and the rest of it", serve: cutOnce(), result: "success" },
  { title: "a POST", serve: serveFile, result: "success", init: { method: "POST", body: canaries.requestBody } },
  { title: "a status of no, whose response is kept", serve: answerWith(403), result: "fail" },
  { title: "a status that is tried again until the end", serve: answerWith(503), result: "fail" },
  { title: "an answer that is not HTTP", serve: sayNoHttp, result: "fail" },
  { title: "a Location that is no URL", serve: locate(`http://[${canaries.signature}`), result: "fail" },
  { title: "a Location of another scheme", serve: locate(`ftp://a/?${canaries.signature}`), result: "fail" },
  { title: "a Location with a password", serve: locate(`http://u:${canaries.userinfo}@a/`), result: "fail" },
];

describe("nothing secret is told, and nothing stored but what the caller gave", () => {
  for (const { title, serve, result, init } of cases) {
    it(`N11 G-17 of ${title}`, async () => {
      await using server = await createTappedServer(serve);

      const shown = await runSecretly(secretRequest(`${server.url}/film`, init));

      expect(shown.result).toBe(result);
      expectNoLeak(shown, server);
    });
  }
});

function expectNoLeak(shown: Awaited<ReturnType<typeof runSecretly>>, server: TappedServer | null): void {
  expect(shown.told).toEqual([]);
  expect(leaks(shown.stored.keys(), allowed.atRest).map((name) => [name, shown.stored.get(name)])).toEqual([]);
  expect(shown.setCookie).toEqual([]);
  // That it was looked for where it is: the search works.
  expect(shown.stored.has("authorization")).toBe(true);
  if (server !== null) expect(server.heard().includes("HTTP/1.1")).toBe(true);
}

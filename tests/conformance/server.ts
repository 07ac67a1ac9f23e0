import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { bytesOf } from "../origin/body.ts";

/** A server that does what the query of each URL says, so that a page can use it too. */
export interface ConformanceServer extends AsyncDisposable {
  readonly origin: string;
}

interface Logged {
  readonly path: string;
  readonly method: string;
  readonly range: string | null;
}

/**
 * `/bytes?size=&seed=&status=&etag=&headers=` bytes that follow from the seed; with `after=` so many of them, and the rest
 * once `/release?key=` of the same `key=` was asked for; with `cut=` so many and then the end of the connection, the first time.
 * `/echo` what was sent, as JSON; with `hold` only after the release. `/redirect?to=` sends on. `/log` every request so far.
 */
export async function conformanceServer(): Promise<ConformanceServer> {
  const log: Logged[] = [];
  const held = new Map<string, PromiseWithResolvers<void>>();
  const cut = new Set<string>();
  const gate = (key: string): PromiseWithResolvers<void> => {
    const known = held.get(key) ?? Promise.withResolvers<void>();
    held.set(key, known);
    return known;
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "", "http://server");
    const query = url.searchParams;
    response.setHeader("access-control-allow-origin", "*");
    if (url.pathname === "/log") return void response.end(JSON.stringify(log));
    if (url.pathname === "/release") {
      gate(query.get("key") ?? "").resolve();
      return void response.end();
    }
    log.push({ path: url.pathname + url.search, method: request.method ?? "", range: request.headers.range ?? null });
    if (url.pathname === "/redirect") {
      return void response.writeHead(302, { location: query.get("to") ?? "" }).end();
    }
    if (url.pathname === "/echo") return await echo(request, response, query);
    await sendBytes(request, response, query);
  }

  async function echo(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): Promise<void> {
    const hash = createHash("sha256");
    let length = 0;
    for await (const chunk of request) {
      hash.update(chunk);
      length += chunk.length;
    }
    if (query.has("hold")) await gate(query.get("key") ?? "").promise;
    const { method, headers } = request;
    response.writeHead(Number(query.get("status") ?? 200), { "content-type": "application/json" });
    response.end(JSON.stringify({ method, headers, length, sha256: hash.digest("hex") }));
  }

  async function sendBytes(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): Promise<void> {
    const body = bytesOf(Number(query.get("seed") ?? 1), 0, Number(query.get("size") ?? 1_000));
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    const fields: Record<string, string> = {
      etag: query.get("etag") ?? '"one"',
      ...(query.has("chunked") ? {} : { "content-length": String(body.length - start) }),
      ...(start > 0 ? { "content-range": `bytes ${start}-${body.length - 1}/${body.length}` } : {}),
      ...(JSON.parse(query.get("headers") ?? "{}") as Record<string, string>),
    };
    response.writeHead(start > 0 ? 206 : Number(query.get("status") ?? 200), query.get("text") ?? "", fields);
    response.flushHeaders();
    const cutAt = Number(query.get("cut") ?? 0);
    if (cutAt > 0 && !cut.has(query.toString())) {
      cut.add(query.toString());
      response.write(body.subarray(start, cutAt), () => response.socket?.destroySoon());
      return;
    }
    const after = query.has("after") && start === 0 ? Number(query.get("after")) : body.length;
    if (after > 0) response.write(body.subarray(start, after));
    if (after < body.length) {
      await gate(query.get("key") ?? "").promise;
      response.write(body.subarray(after));
    }
    response.end();
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

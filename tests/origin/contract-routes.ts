import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { answerTo } from "./answer.ts";
import type { Origin } from "./origin.ts";
import { sendBody } from "./send-body.ts";

type Handler = (request: IncomingMessage, response: ServerResponse, words: readonly string[]) => unknown;

/** Serve the paths that property-tests/contracts/transport.contract.ts lists. */
export function serveContractRoutes(origin: Origin): void {
  const asked = new Map<string, number>();
  const sent = new Map<string, number>();

  const handlers: { readonly [name: string]: Handler } = {
    async bytes(request, response, [length = "0", id = ""]) {
      const { method = "GET", headers } = request;
      const ifRange = headers["if-range"];
      const question = { method, range: headers.range, ifRange: ifRange === undefined ? undefined : String(ifRange) };
      const size = Number(length);
      const answer = answerTo(question, { etag: `"${size}"`, size, chunks: patternOf }, null);
      response.writeHead(answer.status, answer.headers);
      const count = (bytes: number): void => void sent.set(id, (sent.get(id) ?? 0) + bytes);
      const chunks = method === "HEAD" ? [] : patternOf(answer.start, answer.end);
      await sendBody(response, { chunks, limit: size, bytesPerSecond: 0, sent: count });
      response.end();
    },
    chunked: (_request, response, [length]) =>
      response.writeHead(200).end(Buffer.concat([...patternOf(0, Number(length))])),
    close(_request, response, [length]) {
      response.sendDate = false;
      response.useChunkedEncodingByDefault = false;
      response.writeHead(200, { connection: "close" }).end(Buffer.concat([...patternOf(0, Number(length))]));
    },
    gzip(_request, response, [length]) {
      const coded = gzipSync(Buffer.concat([...patternOf(0, Number(length))]));
      response.writeHead(200, { "content-encoding": "gzip", "content-length": coded.byteLength }).end(coded);
    },
    cut(_request, response, [length]) {
      response.writeHead(200, { "content-length": Number(length) * 2 });
      response.write(Buffer.concat([...patternOf(0, Number(length))]), () => response.socket?.destroySoon());
    },
    "cut-chunked"(_request, response, [length]) {
      response.writeHead(200);
      response.write(Buffer.concat([...patternOf(0, Number(length))]), () => response.socket?.destroySoon());
    },
    stall(_request, response, [length]) {
      response.writeHead(200, { "content-length": Number(length) * 2 });
      response.write(Buffer.concat([...patternOf(0, Number(length))]));
    },
    silent() {},
    drop(request, _response, [id = ""]) {
      asked.set(id, (asked.get(id) ?? 0) + 1);
      request.resume().once("end", () => request.socket.destroySoon());
    },
    count: (_request, response, [id = ""]) => text(response, String(asked.get(id) ?? 0)),
    sent: (_request, response, [id = ""]) => text(response, String(sent.get(id) ?? 0)),
    "not-http": (request) => request.socket.end("This is no answer.\r\n\r\n"),
    status(_request, response, [status]) {
      response.writeHead(Number(status));
      response.end(`status ${status}\n`);
    },
    redirect: (_request, response) => response.writeHead(302, { location: "/bytes/10" }).end(),
    async echo(request, response) {
      const body: Buffer[] = [];
      for await (const chunk of request) body.push(chunk);
      const headers = request.rawHeaders.flatMap((name, at) =>
        at % 2 === 0 ? [[name, request.rawHeaders[at + 1]]] : [],
      );
      const answer = { method: request.method, headers, body: Buffer.concat(body).toString("latin1") };
      text(response, JSON.stringify(answer));
    },
  };

  for (const [name, handler] of Object.entries(handlers)) {
    origin.route(`/${name}/`, (request, response, entry) => {
      const [, ...words] = new URL(entry.path, origin.url).pathname.slice(1).split("/");
      handler(request, response, words);
    });
  }
}

function text(response: ServerResponse, body: string): void {
  response.writeHead(200, { "content-type": "text/plain", "content-length": Buffer.byteLength(body) }).end(body);
}

const period = 251;
const pattern = Buffer.alloc(period * 4096, Buffer.from(Array.from({ length: period }, (_, at) => at)));

/** Byte `i` is `i % 251`. */
function* patternOf(start: number, end: number): Generator<Buffer, void> {
  for (let at = start; at < end; ) {
    const from = at % period;
    const length = Math.min(pattern.byteLength - from, end - at);
    yield pattern.subarray(from, from + length);
    at += length;
  }
}

import { createServer, request as forward } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

export interface ForwardProxyOptions {
  /** Answer every request with this status instead of passing it on: 407, 502. */
  readonly refuse?: number;
}

/** A forward proxy: CONNECT for tunnels, absolute-form requests for plain HTTP. */
export interface ForwardProxy extends AsyncDisposable {
  readonly url: string;
  /** Requests that came, in the words of their request line: `CONNECT host:port`, `GET http://…`. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export async function createForwardProxy({ refuse }: ForwardProxyOptions = {}): Promise<ForwardProxy> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => sockets.delete(socket));
  };

  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    if (refuse !== undefined || !URL.canParse(request.url ?? "")) {
      response.writeHead(refuse ?? 400).end();
      return;
    }
    // What is for the proxy itself, credentials first, goes no further (RFC 9110 §7.6.1, §11.7.2).
    const { "proxy-connection": _, "proxy-authorization": _credentials, ...headers } = request.headers;
    const onward = forward(request.url ?? "", { method: request.method ?? "GET", headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
      answer.once("error", () => response.destroy());
    });
    onward.once("error", () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
    response.once("close", () => onward.destroy());
    request.pipe(onward);
  });
  server.on("connection", keep);
  server.on("connect", (request, stream, head) => {
    const socket = stream as Socket;
    requests.push(`CONNECT ${request.url}`);
    if (refuse !== undefined) {
      socket.end(`HTTP/1.1 ${refuse} Refused\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const { hostname, port } = new URL(`http://${request.url}`);
    const tunnel = connect(Number(port || 80), hostname, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      tunnel.write(head);
      socket.pipe(tunnel).pipe(socket);
    });
    keep(tunnel);
    tunnel.once("close", () => socket.destroy());
    socket.once("close", () => tunnel.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });

  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, requests, close, [Symbol.asyncDispose]: close };
}

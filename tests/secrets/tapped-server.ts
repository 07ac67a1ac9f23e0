import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** A server that keeps every byte that it was sent, after TLS. */
export interface TappedServer extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Everything that came, over all connections. */
  heard(): Buffer;
}

export interface TapOptions {
  readonly host?: string;
  readonly tls?: { readonly key: string; readonly cert: string };
}

export async function createTappedServer(
  listener: RequestListener,
  { host = "127.0.0.1", tls }: TapOptions = {},
): Promise<TappedServer> {
  const chunks: Buffer[] = [];
  const sockets = new Set<Socket>();
  const http = tls === undefined ? createHttpServer(listener) : createHttpsServer(tls, listener);
  const tap = (socket: Socket): void => {
    socket.on("data", (chunk: Buffer) => void chunks.push(Buffer.from(chunk)));
  };
  if (tls !== undefined) http.on("secureConnection", tap);
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
    http.emit("connection", socket);
    if (tls === undefined) tap(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? "http" : "https"}://${host}:${port}`,
    port,
    heard: () => Buffer.concat(chunks),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

import { type AddressInfo, createServer, type Socket } from "node:net";

/** A server whose every byte a test writes itself, for what no HTTP library would send. */
export interface RawServer extends AsyncDisposable {
  /** With a slash at its end. */
  readonly url: string;
  /** Resolves once the first connection has brought nothing new for fifty turns of the event loop. */
  stuck(): Promise<void>;
}

/** Call `serve` with each connection once the head of a request has come in. */
export async function createRawServer(serve: (socket: Socket) => Promise<void>): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    let head = "";
    const read = (data: Buffer): void => {
      head += data.toString("latin1");
      if (!head.includes("\r\n\r\n")) return;
      socket.off("data", read);
      void serve(socket);
    };
    socket.on("data", read);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    async stuck() {
      let seen = -1;
      for (let still = 0; still < 50; ) {
        await new Promise((resolve) => setImmediate(resolve));
        const [first] = sockets;
        const now = first?.bytesRead ?? -1;
        still = now === seen && now > 0 ? still + 1 : 0;
        seen = now;
      }
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

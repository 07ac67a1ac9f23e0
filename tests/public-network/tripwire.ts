import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

/** A listener on the loopback interface that nobody may come to. */
export interface Tripwire extends AsyncDisposable {
  readonly port: number;
  /** How many have connected. */
  readonly connects: number;
  /** How many bytes they have said. */
  readonly heard: number;
  /** Resolves once somebody has connected and is gone again: then everything they said has been heard. */
  readonly left: Promise<void>;
}

/** Listen on 127.0.0.1 and, where there is IPv6, on ::1, at one port. */
export async function createTripwire(): Promise<Tripwire> {
  const sockets = new Set<Socket>();
  let connects = 0;
  let heard = 0;
  let leave = (): void => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const serve = (socket: Socket): void => {
    connects += 1;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => {
      sockets.delete(socket);
      leave();
    });
    socket.on("data", (bytes) => {
      heard += bytes.byteLength;
      socket.end("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n");
    });
  };
  const servers = [createServer(serve), createServer(serve)] as const;
  await listening(servers[0], 0, "127.0.0.1");
  const { port } = servers[0].address() as AddressInfo;
  await listening(servers[1], port, "::1").catch(() => undefined);
  return {
    port,
    left,
    get connects() {
      return connects;
    },
    get heard() {
      return heard;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
}

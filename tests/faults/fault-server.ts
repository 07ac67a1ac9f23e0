import { type AddressInfo, createServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { type FaultRequest, parseRequest } from "./fault-request.ts";

/** One connection, as an answer may treat it: every byte of it is the answer's own. */
export interface Wire {
  /** Resolves once the bytes are with the operating system, or the connection is gone. */
  write(bytes: string | Uint8Array): Promise<void>;
  /** FIN, behind everything that was written. */
  end(): void;
  /** RST, behind everything that was written. */
  reset(): void;
  /** Resolves once nothing can be written any more. */
  readonly closed: Promise<void>;
}

/** What a server does with one request. Unless it ends the connection, the next request may come on it. */
export type Answer = (wire: Wire, request: FaultRequest) => void | Promise<void>;

/** A server that answers by the book of a test alone: no HTTP library has a hand in it. */
export interface FaultServer extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
  /** Every request whose head came in, in order. */
  readonly requests: readonly FaultRequest[];
}

export interface FaultServerOptions {
  /** Serve over TLS with these. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
}

/**
 * Listen on the loopback interface, and let `answer` write whatever it wants for each request.
 *
 * Requests on one connection are answered one after the other; a request's `nth` counts those for its path before it.
 */
export async function createFaultServer(answer: Answer, { tls }: FaultServerOptions = {}): Promise<FaultServer> {
  const sockets = new Set<Socket>();
  const requests: FaultRequest[] = [];
  const counts = new Map<string, number>();
  let connections = 0;

  const accept = (socket: Socket): void => {
    const connection = connections;
    connections += 1;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    socket.setNoDelay(true);
    const wire = wireOf(socket);
    let pending = Buffer.alloc(0);
    let busy = false;
    const serve = async (): Promise<void> => {
      if (busy) return;
      busy = true;
      for (let parsed = parseRequest(pending); parsed !== null; parsed = parseRequest(pending)) {
        pending = pending.subarray(parsed.size);
        const nth = counts.get(parsed.request.path) ?? 0;
        counts.set(parsed.request.path, nth + 1);
        const request = { ...parsed.request, nth, connection };
        requests.push(request);
        await answer(wire, request);
      }
      busy = false;
    };
    socket.on("data", (data) => {
      pending = Buffer.concat([pending, data]);
      void serve();
    });
  };

  const server = tls === undefined ? createServer(accept) : createTlsServer(tls, accept);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", 4_096, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    requests,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function wireOf(socket: Socket): Wire {
  const closed = new Promise<void>((resolve) => void socket.once("close", () => resolve()));
  return {
    write(bytes) {
      if (socket.destroyed) return closed;
      if (socket.writableEnded) return Promise.resolve();
      return Promise.race([closed, new Promise<void>((resolve) => void socket.write(bytes, () => resolve()))]);
    },
    end: () => void socket.end(),
    reset: () => void socket.resetAndDestroy(),
    closed,
  };
}

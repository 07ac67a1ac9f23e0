import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo, Server, Socket } from "node:net";
import { answerRequest } from "./answer-request.ts";
import { createWatch, type LogEntry } from "./log.ts";
import { createResource, type Resource, type ResourceOptions } from "./resource.ts";

export interface OriginOptions {
  /** Serve `https:` with this certificate. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** @default one that is free */
  readonly port?: number;
  /** @default "127.0.0.1" */
  readonly host?: string;
  /** Called with each request when it arrives, before it is answered. */
  onRequest?(entry: LogEntry): void;
}

/** What answers every path that begins with the prefix it was given for. */
export type Route = (request: IncomingMessage, response: ServerResponse, entry: LogEntry) => void;

/** A real HTTP server on the loopback interface that does what a test tells it to, and remembers what it was asked. */
export interface Origin extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
  readonly log: readonly LogEntry[];
  /** Connections that are open now. */
  readonly connections: number;
  resource(path: string, options: ResourceOptions): Resource;
  route(prefix: string, route: Route): void;
  /** Resolves once `holds` does. Asked after each request, each write, and each connection that opens or closes. */
  until(holds: () => boolean): Promise<void>;
  /** Close every connection and refuse new ones, as a machine does whose server was stopped. */
  offline(): Promise<void>;
  /** Listen again, at the same port. */
  online(): Promise<void>;
  close(): Promise<void>;
}

export async function createOrigin(options: OriginOptions = {}): Promise<Origin> {
  const { tls, host = "127.0.0.1" } = options;
  const log: LogEntry[] = [];
  const sockets = new Set<Socket>();
  const resources = new Map<string, Resource>();
  const routes = new Map<string, Route>();
  const { until, changed } = createWatch();

  const listener: RequestListener = (request, response) => {
    const entry = entryOf(request);
    log.push(entry);
    options.onRequest?.(entry);
    changed();
    response.once("close", () => {
      entry.ended ??= "gone";
      changed();
    });
    const path = new URL(entry.path, "http://origin").pathname;
    const resource = resources.get(path);
    const route = [...routes].find(([prefix]) => path.startsWith(prefix))?.[1];
    if (resource !== undefined) void answerRequest(request, response, resource, entry, changed);
    else if (route !== undefined) route(request, response, entry);
    else {
      entry.status = 404;
      response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
    }
  };
  // No limits of Node's own: a test decides how long a request or a pause lasts.
  const limits = { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0, connectionsCheckingInterval: 1 << 30 };
  const server: Server = tls ? createSecureServer({ ...limits, ...tls }, listener) : createServer(limits, listener);
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => {
      sockets.delete(socket);
      changed();
    });
    changed();
  });

  await listen(server, host, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  const url = `${tls ? "https" : "http"}://${host}:${port}`;
  const offline = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  const close = async (): Promise<void> => {
    if (server.listening) await offline();
  };

  return {
    url,
    log,
    get connections() {
      return sockets.size;
    },
    resource(path, resourceOptions) {
      const resource = createResource(path, url + path, resourceOptions);
      resources.set(path, resource);
      return resource;
    },
    route: (prefix, route) => void routes.set(prefix, route),
    until,
    offline,
    online: () => listen(server, host, port),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function entryOf({ method = "GET", url = "/", headers }: IncomingMessage): LogEntry {
  const fields = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  const range = headers.range ?? null;
  const ifRange = headers["if-range"] ?? null;
  const started = { at: Date.now(), status: null, bytesSent: 0, ended: null };
  return {
    method,
    path: url,
    range,
    ifRange: ifRange === null ? null : String(ifRange),
    headers: Object.fromEntries(fields),
    ...started,
  };
}

import type { Dispatcher } from "undici";
import type {
  AbortOptions,
  Transport,
  TransportCapabilities,
  TransportRequest,
  TransportResponse,
} from "../../core/ports/index.ts";
import { createAgent, type WatchedAgent } from "./undici-agent.ts";
import { exchange } from "./undici-exchange.ts";

export interface UndiciTransportOptions {
  /** Connections to one origin at a time. @default 6 */
  readonly perOrigin?: number | undefined;
  /** How long to wait for a response's headers, in milliseconds; 0 for ever. @default 60_000 */
  readonly headersTimeoutMs?: number | undefined;
  /** How long to wait for the next bytes of a body, in milliseconds; 0 for ever. @default 60_000 */
  readonly idleTimeoutMs?: number | undefined;
  /** How long connecting, with TLS, may take, in milliseconds. @default 10_000 */
  readonly connectTimeoutMs?: number | undefined;
  /** Obey `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`. Without it no proxy is used. */
  readonly proxy?: "environment" | undefined;
  /**
   * Offer HTTP/2 to `https:` origins. undici then sends a request whose stream was refused a second time by itself, and
   * a server that takes many aborts for an attack ends all exchanges with it at once. @default false
   */
  readonly http2?: boolean | undefined;
  /** Send through this, which stays its owner's to close, and ignore the options about connections. */
  readonly dispatcher?: Pick<Dispatcher, "dispatch"> | undefined;
}

/**
 * Sends requests through undici, with an agent of its own.
 *
 * Time-outs are not exact: undici may be half a second late with one above a second.
 */
export class UndiciTransport implements Transport {
  readonly name = "undici";
  readonly supports: TransportCapabilities = { uploadProgress: true, manualRedirects: true, rangeHeaders: true };
  readonly #agent: WatchedAgent | null;
  readonly #send: (request: TransportRequest, signal: AbortSignal | undefined) => Promise<TransportResponse>;

  constructor(options: UndiciTransportOptions = {}) {
    const { perOrigin = 6, connectTimeoutMs = 10_000, http2 = false, proxy, dispatcher } = options;
    const { headersTimeoutMs = 60_000, idleTimeoutMs = 60_000 } = options;
    this.#agent = dispatcher === undefined ? createAgent({ perOrigin, connectTimeoutMs, http2, proxy }) : null;
    const setting = {
      headersTimeoutMs,
      idleTimeoutMs,
      ...(this.#agent ?? { dispatcher: dispatcher as Pick<Dispatcher, "dispatch">, wasReset: () => false }),
    };
    this.#send = (request, signal) => exchange(setting, request, signal);
  }

  send(request: TransportRequest, options?: AbortOptions): Promise<TransportResponse> {
    return this.#send(request, options?.signal);
  }

  /** End every exchange and close every connection. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent?.dispatcher.destroy();
  }
}

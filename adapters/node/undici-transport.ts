import type { Dispatcher } from "undici";
import type {
  AbortOptions,
  Transport,
  TransportCapabilities,
  TransportRequest,
  TransportResponse,
} from "../../core/ports/index.ts";
import { createAddressGuard } from "./address-guard.ts";
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
   * `"public"`: connect to public addresses only, as what fetches URLs that others chose must. This machine, private
   * networks, link-local addresses and everything else of a special purpose (RFC 6890) fail with `"forbidden"`, at
   * every hop and every new connection, by the address that is really connected to. It goes with neither `proxy` nor
   * `dispatcher`, which choose addresses themselves.
   *
   * @default "any"
   */
  readonly network?: "any" | "public" | undefined;
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

  /** @throws TypeError for `network: "public"` together with what connects elsewhere. */
  constructor(options: UndiciTransportOptions = {}) {
    const { perOrigin = 6, connectTimeoutMs = 10_000, http2 = false, proxy, dispatcher, network = "any" } = options;
    const { headersTimeoutMs = 60_000, idleTimeoutMs = 60_000 } = options;
    assertNetwork(options);
    const guard = network === "public" ? createAddressGuard() : null;
    this.#agent = dispatcher === undefined ? createAgent({ perOrigin, connectTimeoutMs, http2, proxy, guard }) : null;
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

function assertNetwork({ network = "any", proxy, dispatcher }: UndiciTransportOptions): void {
  // A word that is not known must not mean "any".
  if (network !== "any" && network !== "public") throw new TypeError(`network is "any" or "public", not "${network}"`);
  if (network === "any") return;
  if (proxy !== undefined)
    throw new TypeError('network "public" does not go with a proxy, which looks names up itself');
  if (dispatcher !== undefined) {
    throw new TypeError('network "public" does not go with a dispatcher, which connects where it wants');
  }
}

import type { AbortOptions } from "./abort-options.ts";

/** Which optional behaviours a {@link Transport} has. The contract suite tests exactly these. */
export interface TransportCapabilities {
  /** Reports the bytes of a request body as they leave. Without it `uploaded` jumps from 0 to the whole. */
  readonly uploadProgress: boolean;
  /** Gives a 3xx response back instead of following it, so that the engine decides each hop. */
  readonly manualRedirects: boolean;
  /** Sends the `Range`, `If-Range` and `Accept-Encoding` headers exactly as given, on any origin. */
  readonly rangeHeaders: boolean;
}

/** The body of a request, readable from its start exactly once. */
export interface TransportRequestBody {
  /** In bytes. */
  readonly length: number;
  stream(): AsyncIterable<Uint8Array>;
}

export interface TransportRequest {
  /** Absolute, `http:` or `https:`, without userinfo and without a fragment. */
  readonly url: string;
  /** Upper case. */
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: TransportRequestBody | null;
  /** Called with the count of body bytes handed to the network so far, in bytes, never falling. */
  onUploadProgress?(uploaded: number): void;
}

export interface TransportResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  /** The URL that answered; another than the one asked for only where the transport follows redirects itself. */
  readonly url: string;
  /** Whether the body's end is told by the message; `false` where it may be the mere end of the connection (RFC 9112 §6.3). */
  readonly delimited: boolean;
  /**
   * The bytes as they are on the wire after transfer coding, pulled: the reader sets the pace.
   *
   * Each item is every chunk that arrived since the last pull, at least one, none of them empty.
   * A reader that stops early (`return()`) ends the exchange and frees its connection.
   */
  readonly body: AsyncIterable<readonly Uint8Array[]>;
}

/**
 * Sends one request and gives back one response.
 *
 * Implementations must reject with a `TransportError` whose `kind` tells what happened, must reject with the
 * signal's reason once `signal` is aborted (also while the body is being read), must make the body throw a
 * `TransportError` when the connection ends before the message does, must say `delimited` only where it would, must not decode a content coding, must not
 * retry, must hold at most a few MiB that nobody has pulled, and must not send anything for a method other than GET
 * and HEAD a second time.
 */
export interface Transport extends AsyncDisposable {
  readonly name: string;
  readonly supports: TransportCapabilities;
  send(request: TransportRequest, options?: AbortOptions): Promise<TransportResponse>;
}

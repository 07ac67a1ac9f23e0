import {
  type AbortOptions,
  type Transport,
  type TransportCapabilities,
  TransportError,
  type TransportRequest,
  type TransportRequestBody,
  type TransportResponse,
} from "../../core/ports/index.ts";
import { promisedLength } from "./content-length.ts";
import { fetchBody } from "./fetch-body.ts";
import { transportErrorOf } from "./transport-error-of.ts";

export interface FetchTransportOptions {
  /** @default globalThis.fetch */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /**
   * Let `fetch` follow redirects. Browsers need it, since they do not show where a redirect leads; Node, Bun, Deno and
   * the edge runtimes do. @default false
   */
  readonly followsRedirects?: boolean | undefined;
  /**
   * Whether this runtime sends `Range`, `If-Range` and `Accept-Encoding` as they are given. Browsers do not: say
   * `false` there. @default true
   */
  readonly rangeHeaders?: boolean | undefined;
  /** Whether cookies and the like are sent, where the runtime has any. @default "same-origin" */
  readonly credentials?: RequestCredentials | undefined;
}

/**
 * Sends requests through the `fetch` of whatever runtime it runs in.
 *
 * What `fetch` cannot do, this cannot: it decodes a content coding (the response then comes without the fields that
 * describe the coded bytes, and with a weak ETag, so that nobody resumes it), it holds an upload in memory, and it
 * believes its runtime where a body has no promised length (browsers do not even show a transfer coding). Time-outs are the runtime's own.
 */
export class FetchTransport implements Transport {
  readonly name = "fetch";
  readonly supports: TransportCapabilities;
  readonly #options: FetchTransportOptions;

  constructor(options: FetchTransportOptions = {}) {
    const { followsRedirects = false, rangeHeaders = true } = options;
    this.#options = options;
    this.supports = { uploadProgress: false, manualRedirects: !followsRedirects, rangeHeaders };
  }

  async send(request: TransportRequest, options?: AbortOptions): Promise<TransportResponse> {
    const signal = options?.signal;
    signal?.throwIfAborted();
    const { url, method } = request;
    const { host } = new URL(url);
    const body = request.body === null ? null : await collect(request.body);
    const headers = fieldsOf(request);
    // Throws for what is the caller's mistake, which could not be told from the network's once `fetch` throws it.
    new Request(url, { method, headers });
    const send = this.#options.fetch ?? globalThis.fetch;
    const response = await send(url, {
      method,
      headers,
      body,
      redirect: this.supports.manualRedirects ? "manual" : "follow",
      credentials: this.#options.credentials ?? "same-origin",
      cache: "no-store",
      signal: signal ?? null,
    }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw transportErrorOf(error, { host, stage: "before the answer", otherwise: "unreachable" });
    });
    if (response.type === "opaqueredirect") {
      throw new TypeError("This runtime does not show redirects: make the FetchTransport with followsRedirects");
    }
    const fields = headersOf(response, host);
    const promised = promisedLength(method, response.status, fields);
    return {
      status: response.status,
      statusText: response.statusText,
      headers: fields,
      url: response.url === "" ? url : response.url,
      delimited: promised !== null || fields.has("transfer-encoding"),
      body: fetchBody(response.body, { host, promised, signal }),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

/** The request's fields, without an `Accept-Encoding: identity` that `fetch` adds to a range request by itself. */
function fieldsOf({ headers }: TransportRequest): [string, string][] {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  const added = (name: string, value: string): boolean =>
    names.has("range") && name.toLowerCase() === "accept-encoding" && value === "identity";
  return headers.filter(([name, value]) => !added(name, value)).map(([name, value]) => [name, value]);
}

/** The response's fields, without those that are not true of the bytes that `fetch` gives. */
function headersOf({ status, headers: given }: Response, host: string): Headers {
  const headers = new Headers(given);
  const coding = headers.get("content-encoding");
  if (coding === null || coding === "identity") return headers;
  if (status === 206) throw new TransportError("malformed", `A part of a coded body from ${host} cannot be decoded`);
  headers.delete("content-encoding");
  headers.delete("content-length");
  headers.delete("last-modified");
  headers.set("accept-ranges", "none");
  const etag = headers.get("etag");
  if (etag?.startsWith('"')) headers.set("etag", `W/${etag}`);
  return headers;
}

/** As a blob, which browsers may keep on disk, and whose length every runtime sends. */
async function collect(body: TransportRequestBody): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const chunk of body.stream()) {
    parts.push(new Uint8Array(chunk));
    length += chunk.byteLength;
  }
  if (length !== body.length) throw new TypeError("The request body is not as long as it said");
  return new Blob(parts);
}

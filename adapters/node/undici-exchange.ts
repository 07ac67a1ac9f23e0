import type { Dispatcher } from "undici";
import type { TransportRequest, TransportResponse } from "../../core/ports/index.ts";
import { TransportError } from "../../core/ports/index.ts";
import { promisedLength } from "../fetch/content-length.ts";
import { type ExchangeStage, transportErrorOfKind } from "../fetch/transport-error-of.ts";
import { createPulledBody, type PulledBody } from "./undici-body.ts";
import { exchangeErrorOf } from "./undici-error.ts";
import { headersOf } from "./undici-headers.ts";
import { createUpload, type Upload } from "./undici-upload.ts";

/** What an exchange needs of the transport that runs it. */
export interface ExchangeSetting {
  readonly dispatcher: Pick<Dispatcher, "dispatch">;
  readonly headersTimeoutMs: number;
  readonly idleTimeoutMs: number;
  /** Whether the connection that just ended was reset by its peer, and not closed. */
  wasReset(): boolean;
}

/** More interim responses than any server has a reason to send (B21). */
const maxInterim = 32;

/**
 * One request on the wire, through the lowest level that undici has: no stream, and no copy, between socket and reader.
 *
 * Rejects with the signal's reason, with a `TransportError`, with `TypeError` for a request that HTTP cannot say, or
 * with what the request's own body threw.
 */
export function exchange(
  setting: ExchangeSetting,
  request: TransportRequest,
  signal: AbortSignal | undefined,
): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const { origin, host, pathname, search } = new URL(request.url);
    const upload = request.body === null || request.body.length === 0 ? null : createUpload(request.body);
    let controller: Dispatcher.DispatchController | null = null;
    let incoming: PulledBody | null = null;
    let ended = false;
    let interim = 0;
    let received = 0;
    let sent = 0;
    let promised: number | null = null;
    let framed = false;

    const stage = (): ExchangeStage => (incoming === null ? "before the answer" : "within the answer");
    const onAbort = (): void => fail(signal?.reason);
    const end = (): void => {
      ended = true;
      signal?.removeEventListener("abort", onAbort);
    };
    const fail = (error: unknown): void => {
      if (ended) return;
      end();
      stop(upload, controller);
      if (incoming === null) reject(error);
      else incoming.fail(error);
    };

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        controller = started;
        if (ended) stop(upload, controller);
      },
      onBodySent(chunk: Uint8Array) {
        sent += chunk.byteLength;
        if (!ended) request.onUploadProgress?.(sent);
      },
      onResponseStart(flow, status, fields, statusText = "") {
        if (ended) return;
        if (status < 200) {
          interim += 1;
          if (interim > maxInterim) fail(new TransportError("malformed", `Too many interim responses from ${host}`));
          return;
        }
        const headers = headersOf(fields);
        promised = promisedLength(request.method, status, headers);
        framed = promised !== null || headers.has("transfer-encoding") || ":status" in fields;
        incoming = createPulledBody({
          pause: () => flow.pause(),
          resume: () => flow.resume(),
          check: () => signal?.throwIfAborted(),
          stop: () => {
            if (ended) return;
            end();
            stop(upload, flow);
          },
        });
        resolve({ status, statusText, headers, url: request.url, delimited: framed, body: incoming.body });
      },
      onResponseData(_flow, chunk) {
        if (ended) return;
        received += chunk.byteLength;
        incoming?.push(chunk);
      },
      onResponseEnd() {
        if (ended) return;
        const short = promised !== null && received < promised;
        const cut = !framed && setting.wasReset();
        if (short || cut) {
          fail(transportErrorOfKind("interrupted", { host, stage: stage() }));
          return;
        }
        end();
        incoming?.end();
      },
      onResponseError(_flow, error) {
        fail(upload?.failure ?? exchangeErrorOf(error, { host, stage: stage(), started: controller !== null }));
      },
    };

    signal?.addEventListener("abort", onAbort);
    setting.dispatcher.dispatch(
      {
        origin,
        path: pathname + search,
        method: request.method,
        headers: fieldsOf(request),
        body: upload?.readable ?? null,
        headersTimeout: setting.headersTimeoutMs,
        bodyTimeout: setting.idleTimeoutMs,
      },
      handler,
    );
  });
}

function stop(upload: Upload | null, controller: Dispatcher.DispatchController | null): void {
  upload?.readable.destroy();
  controller?.abort(new Error("The exchange was ended from this side"));
}

/** The headers as given, as a record: undici's proxy agents misread a list. */
function fieldsOf({ headers, body }: TransportRequest): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of headers) {
    const before = fields[name];
    fields[name] = before === undefined ? value : [before, value].flat();
  }
  const counted = Object.keys(fields).some((name) => name.toLowerCase() === "content-length");
  if (body !== null && body.length > 0 && !counted) fields["content-length"] = String(body.length);
  return fields;
}

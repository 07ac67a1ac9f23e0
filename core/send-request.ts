import { formatRangeHeader } from "../models/content-range.ts";
import { type ExchangeFailureCode, exchangeFailure } from "../models/exchange-failure.ts";
import type { RecordRow } from "../models/record-row.ts";
import { followRedirect, maxRedirects } from "../models/redirect.ts";
import { type Ask, judgeResponse, type ResponseVerdict } from "../models/response-verdict.ts";
import type { Transport, TransportRequest, TransportRequestBody, TransportResponse } from "./ports/transport.ts";

/** What came back for a request, and what it means for the bytes already stored. */
export interface Answer {
  readonly response: TransportResponse;
  readonly verdict: Exclude<ResponseVerdict, { readonly type: "redirect" }>;
}

export interface SendOptions {
  readonly signal: AbortSignal;
  readonly userAgent: string;
  readonly body: TransportRequestBody | null;
  onUploadProgress(uploaded: number): void;
}

/** The fields we send for the caller unless the caller set them. Identity: offsets into a coded body prove nothing. */
const ownFields = (userAgent: string): readonly (readonly [string, string])[] => [
  ["accept", "*/*"],
  ["accept-encoding", "identity"],
  ["user-agent", userAgent],
];

/** Send a record's request, follow its redirects, and judge the answer. */
export async function sendRequest(
  transport: Transport,
  row: RecordRow,
  ask: Omit<Ask, "nowMs">,
  now: () => number,
  options: SendOptions,
): Promise<Answer> {
  let request: TransportRequest = {
    // A fragment is the caller's, and never sent.
    url: row.url.split("#", 1)[0] ?? row.url,
    method: row.method,
    headers: [...withDefaults(row.headers, ownFields(options.userAgent)), ...rangeFields(ask)],
    body: options.body,
    onUploadProgress: options.onUploadProgress,
  };
  for (let hops = 0; ; hops += 1) {
    const response = await transport.send(request, { signal: options.signal });
    const verdict = judgeResponse({ ...ask, nowMs: now() }, response.status, response.headers);
    if (verdict.type !== "redirect") return { response, verdict };
    await discard(response);
    const { redirect = "follow" } = row.settings;
    if (redirect !== "follow") {
      return {
        response,
        verdict: refusal("redirect-refused", `A redirect came, and the request's mode is ${redirect}`),
      };
    }
    const hop = followRedirect({ ...request, hasBody: request.body !== null }, response.status, verdict.location);
    if (hop.type === "refuse") return { response, verdict: refusal("redirect-refused", hop.because) };
    if (hops === maxRedirects) {
      return { response, verdict: refusal("too-many-redirects", `More than ${maxRedirects} redirects`) };
    }
    request = { ...request, ...hop, body: hop.keepBody ? request.body : null };
  }
}

/** Let go of a body that nobody wants, and of its connection. */
export async function discard(response: TransportResponse): Promise<void> {
  await response.body[Symbol.asyncIterator]().return?.();
}

function refusal(code: ExchangeFailureCode, because: string): Answer["verdict"] {
  return { type: "failed", failure: exchangeFailure(code, because, { retryable: false }) };
}

function withDefaults(
  headers: RecordRow["headers"],
  defaults: readonly (readonly [string, string])[],
): (readonly [string, string])[] {
  const set = new Set(headers.map(([name]) => name.toLowerCase()));
  return [...defaults.filter(([name]) => !set.has(name)), ...headers];
}

function rangeFields({ offset, overlap = 0, end, stored }: Omit<Ask, "nowMs">): (readonly [string, string])[] {
  if (offset === 0 && end === null) return [];
  const range = ["range", formatRangeHeader(offset - overlap, end)] as const;
  const validator = stored?.validator;
  return validator == null ? [range] : [range, ["if-range", validator.value]];
}

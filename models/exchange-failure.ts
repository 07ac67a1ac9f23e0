import type { FailureReason } from "./failure-reason.ts";
import { retryAfterMs } from "./retry-after.ts";

/** What ended an exchange before its message did, in the words of the Transport port. */
export type TransportFailureCode =
  | "unreachable"
  | "refused"
  | "interrupted"
  | "timeout"
  | "insecure"
  | "malformed"
  | "forbidden";

/** Finer than the specification's reasons. Codes are stable within a major version; details are not. */
export type ExchangeFailureCode =
  | TransportFailureCode
  /** 202: the resource is not there yet. */
  | "accepted-only"
  /** A page without a validator came where something else was held: a network that wants a login first. */
  | "captive-portal"
  /** Decoded, the body is so much longer than on the wire that it can only be there to fill the store. */
  | "decompression-bomb"
  /** 204 or 205: there is nothing to download. */
  | "empty-answer"
  /** The body ended before the length its head promised. */
  | "incomplete"
  /** Whoever provides the request's header fields could not. */
  | "headers-unavailable"
  /** The whole body has another digest than its integrity metadata asks for. */
  | "integrity-mismatch"
  /** Content-Length is not one number. */
  | "invalid-length"
  /** 304 to a request without a condition. */
  | "not-modified"
  /** A redirect to where we do not go. */
  | "redirect-refused"
  /** Something is at the record's destination already. */
  | "destination-exists"
  /** More bytes than the registration's `downloadTotal` allows. */
  | "download-total-exceeded"
  /** A port or the engine broke. */
  | "fault"
  /** The request may have reached the server before, and must not be repeated. */
  | "sent-before"
  /** Any other status that is not success; `status` has it. */
  | "status"
  /** The store may not be written, is full, or broke. */
  | "store-denied"
  | "store-failed"
  | "store-full"
  | "too-many-redirects"
  /** 206 to a request without a Range. */
  | "unsolicited-part"
  /** The body has a content coding that nobody asked for and that cannot be undone. */
  | "unsupported-coding";

/** Why one exchange brought nothing, or not everything: a value, never thrown. */
export interface ExchangeFailure {
  readonly reason: FailureReason;
  readonly code: ExchangeFailureCode;
  /** A sentence for people. Holds no URL, no header value and nothing else a caller may want kept secret. */
  readonly detail: string;
  /** Whether the same exchange may work later. That the method may be repeated at all is for the caller to know. */
  readonly retryable: boolean;
  /** Retry no sooner than so many ms from now, because the server said so. */
  readonly retryAfterMs: number | null;
  /** The status answered, if one was. */
  readonly status: number | null;
  /** The network itself seems gone: wait for it without counting attempts. */
  readonly unreachable: boolean;
}

/** Statuses that say "not now". Those of 5xx that nobody has defined mean what 500 means (RFC 9110 §15). */
const transientStatuses = new Set([202, 304, 408, 421, 425, 429]);
const lastingServerErrors = new Set([501, 505, 506, 507, 508, 510]);

/** A failure with the fields most of them share: `fetch-error`, retryable, no status, no Retry-After. */
export function exchangeFailure(
  code: ExchangeFailureCode,
  detail: string,
  fields: Partial<Omit<ExchangeFailure, "code" | "detail">> = {},
): ExchangeFailure {
  const common = {
    reason: "fetch-error",
    retryable: true,
    retryAfterMs: null,
    status: null,
    unreachable: false,
  } as const;
  return { ...common, ...fields, code, detail };
}

/** Ends the whole registration at once (specification, "perform a background fetch"). */
export const totalExceeded: ExchangeFailure = exchangeFailure(
  "download-total-exceeded",
  "The bodies are longer than downloadTotal allows",
  { reason: "download-total-exceeded", retryable: false },
);

/**
 * The failure that a status stands for, whatever the caller had hoped for.
 *
 * 511 comes from a captive portal, not from the server: it counts as a network that is not there.
 */
export function failureOfStatus(status: number, headers: Headers, nowMs: number): ExchangeFailure {
  const retryable = isTransient(status);
  return exchangeFailure(codeOfStatus(status), `The server answered ${status}`, {
    reason: "bad-status",
    retryable,
    retryAfterMs: retryable ? retryAfterMs(headers, nowMs) : null,
    status,
    unreachable: status === 511,
  });
}

/** The failure that a `TransportError` of this kind stands for. What TLS or we ourselves refused is not worth a retry. */
export function failureOfTransport(kind: TransportFailureCode, detail: string): ExchangeFailure {
  const retryable = kind !== "insecure" && kind !== "forbidden";
  return exchangeFailure(kind, detail, { retryable, unreachable: kind === "unreachable" });
}

function isTransient(status: number): boolean {
  return transientStatuses.has(status) || (status >= 500 && status <= 599 && !lastingServerErrors.has(status));
}

function codeOfStatus(status: number): ExchangeFailureCode {
  if (status === 202) return "accepted-only";
  if (status === 204 || status === 205) return "empty-answer";
  return status === 304 ? "not-modified" : "status";
}

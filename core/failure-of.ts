import {
  type ExchangeFailure,
  type ExchangeFailureCode,
  exchangeFailure,
  failureOfTransport,
} from "../models/exchange-failure.ts";
import { isLonghaulError, type LonghaulErrorCode } from "./errors.ts";
import { ExchangeFailed } from "./exchange-failed.ts";
import { isTransportError } from "./transport-error.ts";

const storeCodes: { readonly [code in LonghaulErrorCode]?: ExchangeFailureCode } = {
  LONGHAUL_BODY_DENIED: "store-denied",
  LONGHAUL_BODY_DESTINATION_EXISTS: "destination-exists",
  LONGHAUL_BODY_FULL: "store-full",
  LONGHAUL_JOURNAL_DENIED: "store-denied",
  LONGHAUL_JOURNAL_FULL: "store-full",
};

/**
 * Turn whatever an exchange threw into the failure that the record's chart decides about.
 *
 * A store that is full is for the chart to wait for; one that may not be written only a person can open. Anything else that
 * broke is tried again over what was committed, with the body opened anew (F4, F7).
 */
export function failureOf(error: unknown): ExchangeFailure {
  if (error instanceof ExchangeFailed) return error.failure;
  if (isTransportError(error)) return failureOfTransport(error.kind, error.message);
  if (isLonghaulError(error)) {
    const code = storeCodes[error.code] ?? "store-failed";
    const reason = code === "store-full" ? "quota-exceeded" : "fetch-error";
    return exchangeFailure(code, error.message, { reason, retryable: code === "store-failed" });
  }
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return exchangeFailure("fault", detail, { retryable: false });
}

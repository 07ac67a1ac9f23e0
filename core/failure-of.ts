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
  return exchangeFailure("fault", `${kindOf(error)} was thrown where nobody foresaw it`, { retryable: false });
}

/** What kind of error it is. Not its message, which may quote the URL or a header that the port was given. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return "Something that is no error";
  const { name, code } = error as { readonly name: string; readonly code?: unknown };
  const words = [name, code].filter((word) => typeof word === "string" && /^[A-Z]\w{1,39}$/i.test(word));
  return words.join(" ") || "An error";
}

import { isLonghaulError, type LonghaulErrorCode } from "./errors.ts";

/** A `DOMException` with a cause, which its constructor cannot take. */
function domException(name: string, message: string, cause?: unknown): DOMException {
  const exception = new DOMException(message, name);
  if (cause !== undefined) Object.defineProperty(exception, "cause", { value: cause, configurable: true });
  return exception;
}

export const invalidState = (message: string): DOMException => domException("InvalidStateError", message);

export const notAllowed = (message: string): DOMException => domException("NotAllowedError", message);

/** A class in the newest runtimes, and before that a name of DOMException. */
declare const QuotaExceededError: (new (message: string) => DOMException) | undefined;

export function quotaExceeded(message: string, cause?: unknown): DOMException {
  if (typeof QuotaExceededError === "undefined") return domException("QuotaExceededError", message, cause);
  return Object.defineProperty(new QuotaExceededError(message), "cause", { value: cause, configurable: true });
}

const fullCodes: readonly LonghaulErrorCode[] = ["LONGHAUL_BODY_FULL", "LONGHAUL_JOURNAL_FULL"];

/**
 * What the specification's methods reject with when the engine or its store broke: `AbortError`, its `cause` the fault.
 *
 * What they reject with by themselves, `TypeError` and the other exceptions, is given back as it is.
 */
export function asAbortError(error: unknown): unknown {
  return isLonghaulError(error) ? domException("AbortError", error.message, error) : error;
}

/**
 * The same for `fetch()`: no room is `QuotaExceededError` (specification, step "storing requests fails"), another fault of
 * the store a `TypeError`, and an engine that closes `AbortError`.
 */
export function asFetchError(error: unknown): unknown {
  if (error instanceof DOMException || error instanceof TypeError) return error;
  if (isLonghaulError(error) && error.code === "LONGHAUL_ENGINE_CLOSED") return asAbortError(error);
  if (isLonghaulError(error) && fullCodes.includes(error.code)) {
    return quotaExceeded("The requests do not fit into the store", error);
  }
  return new TypeError("The requests could not be stored", { cause: error });
}

/** The same for a response and its body: an engine that closes is `AbortError`, a store that broke `TypeError`. */
export function asResponseError(error: unknown): unknown {
  if (!isLonghaulError(error) || error.code === "LONGHAUL_ENGINE_CLOSED") return asAbortError(error);
  return new TypeError("The response could not be read from the store", { cause: error });
}

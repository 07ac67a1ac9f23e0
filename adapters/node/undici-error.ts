import { isTransportError, type TransportError } from "../../core/ports/index.ts";
import { type ExchangeStage, transportErrorOf, transportErrorOfKind } from "../fetch/transport-error-of.ts";
import { codeOf } from "../fetch/transport-kind.ts";

/** Where an exchange stood when undici reported its end. */
export interface ExchangeEnd {
  readonly host: string;
  readonly stage: ExchangeStage;
  /** Whether the request had a connection. */
  readonly started: boolean;
}

/**
 * What to throw for an error that undici gave.
 *
 * A `TypeError` means that the request was wrong: nothing can be wrong with it once it has started, except that its
 * body was not as long as it said.
 */
export function exchangeErrorOf(error: Error, end: ExchangeEnd): TransportError | TypeError {
  if (isTransportError(error)) return error;
  forgetBytes(error);
  const about = { ...end, code: codeOf(error), cause: error };
  switch (about.code) {
    case "UND_ERR_INVALID_ARG":
      // Once started, this is undici's word for a proxy that answered 407.
      if (end.started) return transportErrorOfKind("refused", about);
      return new TypeError(`The request cannot be sent: ${error.message}`, { cause: error });
    case "UND_ERR_REQ_CONTENT_LENGTH_MISMATCH":
      return new TypeError("The request body is not as long as it said", { cause: error });
    case "UND_ERR_ABORTED":
      // We never abort without our own reason: this is a proxy that refused CONNECT.
      return transportErrorOfKind("refused", about);
    case "UND_ERR_RES_CONTENT_LENGTH_MISMATCH":
      // undici says so of any header section it cannot parse, too, once it has seen a length in it.
      return transportErrorOfKind(end.stage === "before the answer" ? "malformed" : "interrupted", about);
    case "UND_ERR_SOCKET":
      return transportErrorOfKind(/^bad (response|upgrade)$/.test(error.message) ? "malformed" : "interrupted", about);
    default:
      return transportErrorOf(error, { ...end, otherwise: "interrupted" });
  }
}

/** The parser puts what it could not read into its error: cookies, tokens. Nobody may find them in a `cause`. */
function forgetBytes(error: unknown, depth = 4): void {
  if (!(error instanceof Error) || depth === 0) return;
  if ("data" in error) error.data = undefined;
  forgetBytes(error.cause, depth - 1);
}

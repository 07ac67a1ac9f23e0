/**
 * What ended an exchange before its message did.
 *
 * `unreachable`: no name, no route, no network. `refused`: the host answered that nobody listens. `interrupted`: the
 * connection was closed or reset before the message ended. `timeout`: connecting, waiting for headers, or waiting
 * for the next bytes took too long. `insecure`: TLS refused the peer. `malformed`: what came is not HTTP, or not
 * the content coding that it says it is.
 */
export type TransportErrorKind = "unreachable" | "refused" | "interrupted" | "timeout" | "insecure" | "malformed";

/** Why a {@link Transport} could not bring a response, or the rest of one. The engine turns it into a failure. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  readonly kind: TransportErrorKind;
  /** Recognises the class across realms and across two copies of the package. */
  readonly "~longhaul" = "transport-error";

  constructor(kind: TransportErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** Prefer this to `instanceof`, which fails across realms and duplicate installs. */
export function isTransportError(error: unknown): error is TransportError {
  return typeof error === "object" && error !== null && (error as TransportError)["~longhaul"] === "transport-error";
}

import { TransportError, type TransportErrorKind } from "../../core/ports/index.ts";
import { codeOf, kindOfCode } from "./transport-kind.ts";

/** How far the exchange had come when it ended. */
export type ExchangeStage = "before the answer" | "within the answer";

const sentences: { readonly [kind in TransportErrorKind]: (host: string, stage: ExchangeStage) => string } = {
  unreachable: (host) => `Could not reach ${host}`,
  refused: (host) => `Connection refused by ${host}`,
  interrupted: (host, stage) => `The connection to ${host} ended ${stage}`,
  timeout: (host, stage) =>
    stage === "before the answer" ? `No answer from ${host} in time` : `No more bytes from ${host} in time`,
  insecure: (host) => `No secure connection to ${host}`,
  forbidden: (host) => `${host} has an address that is not public`,
  malformed: (host) => `What ${host} sent is not HTTP`,
};

/**
 * The {@link TransportError} for whatever a runtime threw, which stays as its `cause`.
 *
 * The message names the host and the code, never the rest of the URL nor a header: both may hold secrets.
 */
export function transportErrorOf(
  error: unknown,
  {
    host,
    stage,
    otherwise,
  }: { readonly host: string; readonly stage: ExchangeStage; readonly otherwise: TransportErrorKind },
): TransportError {
  const code = codeOf(error);
  const kind = (code === undefined ? undefined : kindOfCode(code)) ?? otherwise;
  return transportErrorOfKind(kind, { host, stage, code, cause: error });
}

/** The same sentence for an end that no runtime reported and our own accounting found. */
export function transportErrorOfKind(
  kind: TransportErrorKind,
  about: {
    readonly host: string;
    readonly stage: ExchangeStage;
    readonly code?: string | undefined;
    readonly cause?: unknown;
  },
): TransportError {
  const { host, stage, code, cause } = about;
  const suffix = code === undefined ? "" : ` (${code})`;
  return new TransportError(kind, `${sentences[kind](host, stage)}${suffix}`, cause === undefined ? {} : { cause });
}

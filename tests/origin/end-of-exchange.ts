import { isTransportError, type TransportErrorKind, type TransportResponse } from "../../core/ports/index.ts";
import { bytesOfBody } from "../../property-tests/contracts/transport-harness.ts";

/** How an exchange ended, wherever it did: the kind of its error, or `"whole"`. @throws What is no `TransportError`. */
export async function endOfExchange(sending: Promise<TransportResponse>): Promise<TransportErrorKind | "whole"> {
  try {
    await bytesOfBody((await sending).body);
    return "whole";
  } catch (error) {
    if (isTransportError(error)) return error.kind;
    throw error;
  }
}

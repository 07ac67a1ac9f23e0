import { type ExchangeFailure, exchangeFailure } from "./exchange-failure.ts";

/** How to get from the body on the wire to the content, or why there is no way. */
export type DecodingPlan =
  | {
      readonly type: "undo";
      /** What to undo, in this order: the coding that was applied last comes first. Nothing to undo is an empty list. */
      readonly chain: readonly string[];
    }
  | { readonly type: "refuse"; readonly failure: ExchangeFailure };

/** No server needs more, and each one multiplies what a hostile body can stand for. */
export const maxCodings = 2;

/** Names with another for the same (RFC 9110 §8.4.1). */
const olderNames: Readonly<Record<string, string>> = { "x-gzip": "gzip", "x-compress": "compress" };

/**
 * Read a Content-Encoding, `null` if there is none, and decide how to undo it with what is `supported`.
 *
 * `identity`, which no server should say, and empty items are no coding. A chain of which a part cannot be undone is
 * refused as a whole: bytes that are half decoded are of use to nobody.
 */
export function planDecoding(contentEncoding: string | null, supported: readonly string[]): DecodingPlan {
  const applied = codingsOf(contentEncoding);
  if (applied.length > maxCodings)
    return refuse(`The answer has ${applied.length} content codings, one upon the other`);
  if (applied.some((coding) => !supported.includes(coding))) {
    return refuse("The answer has a content coding that cannot be undone here");
  }
  return { type: "undo", chain: applied.reverse() };
}

/** In the order in which they were applied. */
function codingsOf(contentEncoding: string | null): string[] {
  const items = (contentEncoding ?? "").toLowerCase().split(",");
  return items
    .map((item) => item.trim())
    .filter((coding) => coding !== "" && coding !== "identity")
    .map((coding) => (Object.hasOwn(olderNames, coding) ? olderNames[coding] : undefined) ?? coding);
}

function refuse(detail: string): DecodingPlan {
  return { type: "refuse", failure: exchangeFailure("unsupported-coding", detail, { retryable: false }) };
}

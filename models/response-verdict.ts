import { type Ask, isRanged } from "./ask.ts";
import { looksLikePortal } from "./captive-portal.ts";
import { parseContentRange } from "./content-range.ts";
import { type ExchangeFailure, exchangeFailure, failureOfStatus, failureOfTransport } from "./exchange-failure.ts";
import { inspectPart } from "./partial-response.ts";
import { isRedirectStatus } from "./redirect.ts";
import { contentLength, isResumable, type Representation, representationOf } from "./representation.ts";
import { compareValidator } from "./validator.ts";

export type { Ask } from "./ask.ts";

/** What to do with a response, decided by its head alone, before a byte of its body is read. */
export type ResponseVerdict =
  | {
      /** The body goes on with the stored bytes. */
      readonly type: "append";
      /** Where the first byte goes that is kept: always the first byte asked for. */
      readonly offset: number;
      /** So many bytes of the body come first that are stored already: compare them, and drop them. */
      readonly skip: number;
      /** How many bytes the body must have, skipped ones included; `null` if not promised. */
      readonly length: number | null;
      readonly representation: Representation;
    }
  | {
      /** The body is a new representation from byte 0 on: another generation, also when nothing was stored. */
      readonly type: "restart";
      readonly length: number | null;
      readonly representation: Representation;
      readonly because: string;
    }
  /** Nothing in the answer can be used for going on. Ask for everything, without Range, in another generation. */
  | { readonly type: "ask-again-whole"; readonly because: string }
  /** A server that gives little at a time gave nothing but what is stored already: ask for what is behind it. */
  | { readonly type: "ask-again-behind" }
  /** The server has no more: everything is stored, provided that nothing is missing before the byte asked for. */
  | { readonly type: "complete"; readonly total: number }
  | { readonly type: "redirect"; readonly location: string }
  | { readonly type: "failed"; readonly failure: ExchangeFailure };

/**
 * Decide what one response is good for.
 *
 * Never throws, and never says `append` unless the response proves that its bytes belong where they would go. A 200 to a
 * Range request goes on too, if it is of the same strong validator, coding and length: what is stored is then only
 * compared with the beginning of its body (A1, A22).
 */
export function judgeResponse(ask: Ask, status: number, headers: Headers): ResponseVerdict {
  if (!(status >= 200 && status <= 599)) {
    return failed(failureOfTransport("malformed", `The server ended its answer with status ${status}`));
  }
  if (status >= 300) return judgeRefusal(ask, status, headers);
  if (contentLength(headers) === "invalid") {
    return failed(
      exchangeFailure("invalid-length", "The length that the server promises is not one number", { status }),
    );
  }
  if (status === 206) return judgePart(ask, headers);
  const { method = "GET" } = ask;
  const bodiless = method === "HEAD" || status === 204 || status === 205;
  if (method === "GET" && (bodiless || status === 202)) return failed(failureOfStatus(status, headers, ask.nowMs));
  if (method === "GET" && looksLikePortal(ask.heldType ?? null, headers)) return failed(portal);
  return judgeWhole(ask, status, headers, bodiless);
}

/** The network is there, and is not: what is held must not go for its login page (C13). */
const portal = exchangeFailure(
  "captive-portal",
  "The answer looks like the login page of a network, not like the file",
  {
    unreachable: true,
  },
);

function failed(failure: ExchangeFailure): ResponseVerdict {
  return { type: "failed", failure };
}

function judgeRefusal(ask: Ask, status: number, headers: Headers): ResponseVerdict {
  if (status === 416 && isRanged(ask)) return judgeUnsatisfied(ask, headers);
  if (status === 412 && isRanged(ask)) {
    return { type: "ask-again-whole", because: "The server refused the condition that guards the range" };
  }
  const location = headers.get("location") ?? "";
  if (isRedirectStatus(status) && location !== "") return { type: "redirect", location };
  return failed(failureOfStatus(status, headers, ask.nowMs));
}

function judgePart(ask: Ask, headers: Headers): ResponseVerdict {
  if (!isRanged(ask)) {
    const detail = "The server sent a part although the whole was asked for";
    return failed(exchangeFailure("unsolicited-part", detail, { status: 206 }));
  }
  const part = inspectPart(ask, headers);
  if (!part.usable) return { type: "ask-again-whole", because: part.because };
  const { range, representation } = part;
  if (range.end <= ask.offset) return { type: "ask-again-behind" };
  const length = range.end - range.start;
  if (ask.stored === null) return { type: "restart", length, representation, because: "Nothing was stored" };
  return { type: "append", offset: ask.offset, skip: ask.offset - range.start, length, representation };
}

function judgeWhole(ask: Ask, status: number, headers: Headers, bodiless: boolean): ResponseVerdict {
  const served = representationOf(status, headers);
  if (bodiless) {
    return { type: "restart", length: 0, representation: { ...served, total: 0 }, because: "The answer has no body" };
  }
  const { stored } = ask;
  if (stored === null)
    return { type: "restart", length: served.total, representation: served, because: "Nothing was stored" };
  const proven = stored.validator !== null && compareValidator(stored.validator, headers) === "same";
  const unchanged = proven && stored.coding === served.coding;
  // A total that was once known for these bytes is still what a body without a length has to reach.
  const total = served.total ?? (unchanged ? stored.total : null);
  const { offset } = ask;
  if (unchanged && isResumable(stored) && offset > 0 && goesOn(stored, served, offset)) {
    return { type: "append", offset, skip: offset, length: served.total, representation: { ...stored, total } };
  }
  const because = unchanged ? "The server sent everything, not the rest" : "The server has another representation now";
  return { type: "restart", length: served.total, representation: { ...served, total }, because };
}

/** Whether a whole body may be longer than what is stored of it, and has the length that is known. */
function goesOn(stored: Representation, served: Representation, offset: number): boolean {
  if (served.total === null) return true;
  return stored.total === null ? served.total >= offset : served.total === stored.total;
}

/** Many servers leave the validator out of a 416; a total known beforehand then proves by itself that all is stored. */
function judgeUnsatisfied({ offset, end, stored }: Ask, headers: Headers): ResponseVerdict {
  const parsed = parseContentRange(headers.get("content-range") ?? "");
  const total = parsed?.kind === "unsatisfied" ? parsed.total : null;
  if (stored !== null && total === offset && end === null) {
    const evidence = stored.validator === null ? "absent" : compareValidator(stored.validator, headers);
    const proven = stored.total === null ? evidence === "same" && isResumable(stored) : stored.total === total;
    if (proven && evidence !== "different") return { type: "complete", total };
  }
  return { type: "ask-again-whole", because: "The server has no bytes where the stored ones end" };
}

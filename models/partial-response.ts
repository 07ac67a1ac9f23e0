import type { Ask } from "./ask.ts";
import { type ContentRange, parseContentRange } from "./content-range.ts";
import { contentLength, isResumable, type Representation, representationOf } from "./representation.ts";
import { compareValidator } from "./validator.ts";

/** A part whose place is known and whose bytes belong to those stored, or the reason why that is not so. */
export type PartFinding =
  | { readonly usable: true; readonly range: ContentRange; readonly representation: Representation }
  | { readonly usable: false; readonly because: string };

/**
 * Find out whether the body of a 206 may be put among the stored bytes.
 *
 * Asked for is proof, not the absence of doubt: the same strong validator (RFC 9110 §15.3.7.3), one valid
 * Content-Range that holds the first byte asked for, the same total where both know it, and a length that fits.
 * A server that leaves its validator out, although §15.3.7 obliges it, proves nothing.
 */
export function inspectPart(ask: Ask, headers: Headers): PartFinding {
  const parsed = parseContentRange(headers.get("content-range") ?? "");
  if (parsed?.kind !== "satisfied") return unusable("The part does not say validly which bytes it holds");
  const { range } = parsed;
  const served = representationOf(206, headers);
  const doubt =
    doubtAboutBody(headers, served, range) ?? doubtAboutPlace(ask, range) ?? doubtAboutOrigin(ask, range, headers);
  if (doubt !== null) return unusable(doubt);
  if (ask.stored === null) return { usable: true, range, representation: served };
  return { usable: true, range, representation: { ...ask.stored, total: ask.stored.total ?? range.total } };
}

function unusable(because: string): PartFinding {
  return { usable: false, because };
}

function doubtAboutBody(headers: Headers, served: Representation, range: ContentRange): string | null {
  const type = headers.get("content-type") ?? "";
  if (/^multipart\/byteranges(?![^\s;])/i.test(type)) return "The part came wrapped in a multipart body";
  if (served.coding !== null) return "The part has a content coding";
  const length = contentLength(headers);
  if (length !== null && length !== range.end - range.start) return "The part has another length than its range";
  return null;
}

/** A part that begins too early is fine: its first bytes are stored already. Later would leave a gap. */
function doubtAboutPlace({ offset, overlap = 0, stored }: Ask, { start, end }: ContentRange): string | null {
  if (start > offset) return "The part begins after the byte asked for";
  if (end <= offset - overlap) return "The part ends before the byte asked for";
  return stored === null && offset > 0 ? "Nothing is stored that the part could belong to" : null;
}

function doubtAboutOrigin({ stored, variant }: Ask, range: ContentRange, headers: Headers): string | null {
  if (stored === null) return null;
  if (
    differs(variant?.type, headers.get("content-type")) ||
    differs(variant?.location, headers.get("content-location"))
  ) {
    return "The part belongs to another variant";
  }
  if (!isResumable(stored) || stored.validator === null)
    return "Nothing can prove that bytes belong to the stored ones";
  const evidence = compareValidator(stored.validator, headers);
  if (evidence === "absent") return "The part does not say which representation it belongs to";
  if (evidence === "different") return "The part belongs to another representation";
  const { total } = stored;
  return total !== null && range.total !== null && total !== range.total ? "The total length has changed" : null;
}

/** Whether both say something, and not the same: a part need not repeat what the whole said (RFC 9110 §15.3.7). */
function differs(stored: string | null | undefined, served: string | null): boolean {
  return stored != null && served !== null && essence(stored) !== essence(served);
}

/** Without parameters, which servers set as they please. */
function essence(value: string): string {
  return (value.split(";", 1)[0] ?? value).trim().toLowerCase();
}

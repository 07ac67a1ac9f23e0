import type { Representation } from "./representation.ts";

/** Which of several representations a response is, beside its validator; `null` where it did not say. */
export interface Variant {
  readonly type: string | null;
  readonly location: string | null;
}

/** What one exchange asked for, as far as its answer can be judged by it. */
export interface Ask {
  /** First byte wanted. With 0 and no `end` the whole resource was asked for, without a Range header. */
  readonly offset: number;
  /** So many stored bytes before `offset` are asked for again, to be compared. @default 0 */
  readonly overlap?: number | undefined;
  /** Last byte asked for, exclusive; `null` = to the end. */
  readonly end: number | null;
  /** What the stored bytes belong to; `null` when nothing is stored. */
  readonly stored: Representation | null;
  /** The fields of the response that the stored bytes came with, as far as a part of another variant is told by them (A30). */
  readonly variant?: Variant | undefined;
  /** Whether no Range is sent although something is stored: its server says that it has none (A29). @default false */
  readonly unranged?: boolean | undefined;
  /** The media type that the bytes held so far came with, also where they cannot be continued; `null` if none are held. */
  readonly heldType?: string | null | undefined;
  /** Against which a Retry-After is read. */
  readonly nowMs: number;
  /**
   * Upper case. Only a GET is a download, of which an empty answer is a failure.
   * @default "GET"
   */
  readonly method?: string | undefined;
}

/** Whether the exchange had a Range header, without which no server may answer 206 or 416. */
export function isRanged({ offset, end, unranged = false }: Omit<Ask, "nowMs">): boolean {
  return !unranged && (offset > 0 || end !== null);
}

/** Enough to tell two files apart, and too little to cost anything. */
export const mostOverlap: number = 64 * 1024;

/** A connection that does not live for so few bytes brings nothing anyway. */
const leastOverlap = 256;

/**
 * How many stored bytes, at most `most`, are asked for again when a transfer goes on at `offset` (A16): a server whose validator stays
 * while its content changes is told by them.
 *
 * Half of them where little is stored: the whole would be another beginning. None where the length is unknown: a request
 * behind the last byte then has its own answer, 416.
 */
export function overlapOf({ total }: Representation, offset: number, most: number): number {
  return total === null ? 0 : Math.min(most, Math.floor(offset / 2));
}

/** How much to compare after a connection that brought more to compare than to store: else none may ever come further. */
export function narrowedOverlap(most: number): number {
  return Math.max(leastOverlap, Math.floor(most / 4));
}

import { type ByteRanges, contiguousFrom } from "./byte-range.ts";
import type { Deadline } from "./deadline.ts";
import type { ExchangeFailure } from "./exchange-failure.ts";
import type { Representation } from "./representation.ts";

/** A list of header fields, in the order in which they are sent. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/**
 * Bytes of one representation of the resource, in a body of their own.
 *
 * Bytes of two representations never meet: when the resource changes, a new generation begins.
 */
export interface Generation {
  readonly bodyId: string;
  readonly representation: Representation;
  /** What is stored for good. */
  readonly received: ByteRanges;
  /** `false` once all has come of a body whose end was told by nothing but the end of its connection (B4). */
  readonly lengthProven?: boolean;
}

/** An earlier generation that more is stored of, until the present one has overtaken it. */
export interface KeptGeneration {
  readonly generation: Generation;
  readonly response: ResponseHead;
}

/** A response without its body. */
export interface ResponseHead {
  readonly status: number;
  readonly statusText: string;
  readonly headers: HeaderList;
  readonly url: string;
}

/** A response of a status that is not success (specification: exposed if the result is "bad-status"). */
export interface Refusal {
  readonly response: ResponseHead;
  readonly bodyId: string;
  /** Bytes of its body that were kept. */
  readonly length: number;
  /** Whether its body went on after them. */
  readonly truncated: boolean;
}

/** Members of a `Request` that are its own; in Node only `redirect` changes what is sent. */
export interface RequestSettings {
  readonly mode?: string;
  readonly credentials?: string;
  readonly cache?: string;
  readonly redirect?: string;
  readonly referrer?: string;
  readonly referrerPolicy?: string;
}

export type RecordState = "pending" | "success" | "failure" | "aborted";

/** What the journal keeps of a record. Everything a restart needs; versioned, JSON, `null` instead of `undefined`. */
export interface RecordRow {
  readonly v: 1;
  readonly index: number;
  readonly url: string;
  readonly method: string;
  readonly headers: HeaderList;
  /** The request's body, spooled into the body store. */
  readonly requestBody: { readonly bodyId: string; readonly length: number } | null;
  /** Where the body store is to hand the finished body, if not kept. */
  readonly destination: string | null;
  /** Whether something that is at `destination` already may be replaced. */
  readonly replace: boolean;
  readonly state: RecordState;
  readonly failure: ExchangeFailure | null;
  readonly response: ResponseHead | null;
  readonly generation: Generation | null;
  /** What an answer of another representation has not yet overtaken: an error page must not cost 9 GB (P3, BF-14). */
  readonly kept: KeptGeneration | null;
  /** Set before a request that must not be repeated goes out: if it is set at a restart, the record has failed. */
  readonly sent: boolean;
  /** The body has left the store for `destination`. */
  readonly movedOut: boolean;
  /** Bytes of the request's body that went out. */
  readonly uploaded: number;
  /** What else the request says, as far as it differs from what Fetch takes for granted. */
  readonly settings: RequestSettings;
  /** Extension: Subresource Integrity metadata that the finished body must match; `""` for none. */
  readonly integrity: string;
  /** The response whose status failed the record: exposed with its body, apart from bytes that another attempt may use. */
  readonly refusal: Refusal | null;
  /** Until when its server asked to be left alone, the last time it did. */
  readonly deadline: Deadline | null;
}

/** How many bytes from the start of the body are stored: what the specification calls the record's downloaded bytes. */
export function storedLength(row: RecordRow): number {
  return row.generation === null ? 0 : storedOf(row.generation);
}

/** The same of one generation. */
export function storedOf(generation: Generation): number {
  return contiguousFrom(generation.received, 0);
}

/** Bytes of the body that is exposed: the refusal's, where there is one. */
export function exposedLength(row: RecordRow): number {
  return row.refusal?.length ?? storedLength(row);
}

/** Whether every byte of a body of known length is stored. */
export function isWhole(generation: Generation): boolean {
  const { total } = generation.representation;
  return total !== null && storedOf(generation) === total;
}

/** A record may be sent again only if its method promises that this does no harm (RFC 9110 §9.2.2; specification: GET). */
export function isRepeatable(row: RecordRow): boolean {
  return row.method === "GET";
}

/** A record of which nothing has happened yet, but for what it is to fetch. */
export const blankRecord: Omit<RecordRow, "index" | "url" | "method" | "headers"> = {
  v: 1,
  requestBody: null,
  destination: null,
  replace: false,
  state: "pending",
  failure: null,
  response: null,
  generation: null,
  kept: null,
  sent: false,
  movedOut: false,
  uploaded: 0,
  settings: {},
  integrity: "",
  refusal: null,
  deadline: null,
};

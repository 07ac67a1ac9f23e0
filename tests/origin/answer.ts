import type { FaultKind } from "./fault.ts";
import { ifRangeHolds, readRange } from "./range-header.ts";
import type { Representation } from "./resource.ts";

/** What a request says that an answer depends on. */
export interface Question {
  readonly method: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

/** An answer before any byte of it is sent. `start` and `end` bound the body within the representation. */
export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly start: number;
  readonly end: number;
}

/** The answer that RFC 9110 asks for, bent by `fault`. */
export function answerTo(question: Question, representation: Representation, fault: FaultKind | null): Answer {
  if (fault?.type === "status") return { status: fault.status, headers: { ...fault.headers }, start: 0, end: 0 };
  const { size } = representation;
  const headers = fieldsOf(representation);
  const holds = fault?.type === "ignore-if-range" || ifRangeHolds(question.ifRange, representation);
  // HEAD knows no ranges (RFC 9110 §14.2).
  const asked = question.method === "GET" && holds && (representation.ranges ?? true) && fault?.type !== "ignore-range";
  const range = readRange(asked ? question.range : undefined, size);
  if (range.type === "unsatisfiable") {
    return {
      status: 416,
      headers: { ...headers, "content-range": `bytes */${size}`, "content-length": "0" },
      start: 0,
      end: 0,
    };
  }
  if (range.type === "part") {
    const { start, end } = range;
    return framed(
      206,
      { ...headers, "content-range": `bytes ${start}-${end - 1}/${size}` },
      start,
      end,
      representation,
    );
  }
  return framed(200, headers, 0, size, representation);
}

function fieldsOf({ etag, lastModified, contentType, ranges = true, coding }: Representation): Record<string, string> {
  return {
    "content-type": contentType ?? "application/octet-stream",
    "accept-ranges": ranges ? "bytes" : "none",
    ...(etag === null ? {} : { etag }),
    ...(lastModified === undefined ? {} : { "last-modified": lastModified }),
    ...(coding === undefined ? {} : { "content-encoding": coding }),
  };
}

function framed(
  status: number,
  headers: Record<string, string>,
  start: number,
  end: number,
  { framing = "length", headers: further }: Representation,
): Answer {
  const framingFields: Record<string, string> =
    framing === "length"
      ? { "content-length": String(end - start) }
      : framing === "chunked"
        ? { "transfer-encoding": "chunked" }
        : { connection: "close" };
  return { status, headers: { ...headers, ...framingFields, ...further }, start, end };
}

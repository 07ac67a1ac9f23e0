import fc from "fast-check";
import type { Representation } from "../../models/representation.ts";
import type { Ask } from "../../models/response-verdict.ts";

/** An answer before it is written as headers: what each field means is known without parsing it. */
export interface Answer {
  readonly status: number;
  /** `null`: no Content-Range; a string: an invalid one. */
  readonly contentRange:
    | { readonly first: number; readonly last: number; readonly total: number | null }
    | string
    | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly coding: string | null;
  /** Signed, so that it can be wrong; `null`: none. */
  readonly contentLength: number | null;
  readonly multipart: boolean;
  readonly location: string | null;
}

const size = 12;
const dates = ["Sun, 22 Nov 2026 12:00:00 GMT", "Sun, 22 Nov 2026 12:00:01 GMT"] as const;
const tags = ['"a"', '"b"', 'W/"a"'] as const;
const rangeIn = fc
  .tuple(fc.nat({ max: size - 1 }), fc.nat({ max: size - 1 }), fc.constantFrom<number | null>(null, size, size + 1))
  .map(([a, b, total]) => ({ first: Math.min(a, b), last: Math.max(a, b), total }));
const brokenRange = fc.constantFrom(
  ...["bytes 5-4/12", "bytes 0-12/12", "lines 0-3/12", "bytes 0-3/12, bytes 4-5/12", "bytes=0-3/12", "bytes */*"],
  ...["bytes */12", "bytes */5", "bytes +0-3/12", ""],
);

/** Mostly fitting, with each field wrong now and then: else nothing would ever be good enough to go on with. */
export function answer(ask: Ask): fc.Arbitrary<Answer> {
  const rest = { first: ask.offset, last: Math.max(ask.offset, size - 1), total: size };
  const sometimes = <T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
    fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
  const validator = ask.stored?.validator ?? null;
  return fc
    .record({
      status: sometimes(206, fc.constantFrom(200, 202, 204, 304, 302, 404, 412, 416, 503, 101)),
      contentRange: fc.oneof(fc.constant(rest), rangeIn, sometimes<Answer["contentRange"]>(null, brokenRange)),
      etag: sometimes(
        validator?.kind === "etag" ? validator.value : null,
        fc.constantFrom<string | null>(...tags, null),
      ),
      lastModified: sometimes(
        validator?.kind === "last-modified" ? validator.value : null,
        fc.constantFrom<string | null>(...dates, null),
      ),
      coding: sometimes<string | null>(null, fc.constantFrom("gzip", "identity", "br, identity")),
      lengthError: sometimes<number | null>(0, fc.constantFrom<number | null>(1, -1, null)),
      multipart: sometimes(false, fc.boolean()),
      location: fc.constantFrom(null, "/next"),
    })
    .map(({ lengthError, ...fields }) => ({ ...fields, contentLength: lengthOf(fields.contentRange, lengthError) }));
}

function lengthOf(range: Answer["contentRange"], error: number | null): number | null {
  if (error === null || range === null || typeof range === "string") return error;
  return range.last - range.first + 1 + error;
}

const representation: fc.Arbitrary<Representation> = fc.record({
  validator: fc.constantFrom<Representation["validator"]>(
    { kind: "etag", value: '"a"' },
    { kind: "etag", value: '"a"' },
    { kind: "last-modified", value: dates[0] },
    null,
  ),
  total: fc.constantFrom(size, null),
  coding: fc.constantFrom(null, null, null, "gzip"),
});

/** What an engine asks for, and some of what it never should. */
export const ask: fc.Arbitrary<Ask> = fc.record({
  offset: fc.nat({ max: size }),
  end: fc.constantFrom(null, null, size, size + 1),
  stored: fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 5, arbitrary: representation }),
  nowMs: fc.constant(0),
});

export function headersOf(answer: Answer): Headers {
  const headers = new Headers({ date: "Sun, 22 Nov 2026 13:00:00 GMT" });
  const { contentRange: range } = answer;
  const written =
    range === null || typeof range === "string" ? range : `bytes ${range.first}-${range.last}/${range.total ?? "*"}`;
  const fields = {
    "content-range": written,
    etag: answer.etag,
    "last-modified": answer.lastModified,
    "content-encoding": answer.coding,
    "content-length": answer.contentLength === null ? null : String(answer.contentLength),
    "content-type": answer.multipart ? "multipart/byteranges; boundary=x" : null,
    location: answer.location,
  };
  for (const [name, value] of Object.entries(fields)) if (value !== null) headers.set(name, value);
  return headers;
}

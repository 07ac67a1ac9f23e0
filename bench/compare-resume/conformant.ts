import { type Answer, page } from "./answer.ts";
import type { Request } from "./request.ts";
import { identityOf, type Version } from "./version.ts";

/** Answer as RFC 9110 asks for. */
export function conformant(request: Request, version: Version): Answer {
  const { ifMatch, ifRange } = request;
  if (ifMatch !== null && ifMatch !== "*" && !isStrongly(ifMatch, version.etag)) {
    return page(412, "text/plain", "This is not the version you ask for.\n");
  }
  const guarded = ifRange === null || isStrongly(ifRange, version.etag) || ifRange === version.modified;
  return guarded ? heedless(request, version) : whole(version);
}

/** Answer as a server does that has never heard of preconditions: a range is a range. */
export function heedless({ range }: Request, version: Version): Answer {
  if (range === null) return whole(version);
  if (range.start >= version.bytes.length) return unsatisfiable(version.bytes.length);
  return part(version, range.start, Math.min((range.end ?? Infinity) + 1, version.bytes.length));
}

export function whole(version: Version): Answer {
  const { bytes } = version;
  return { status: 200, fields: identityOf(version), body: bytes, length: bytes.length, ends: true };
}

/** Bytes `start` up to, not including, `end`, and the truth about them. */
export function part(version: Version, start: number, end: number): Answer {
  const body = version.bytes.subarray(start, end);
  const fields = {
    ...identityOf(version),
    "content-range": `bytes ${start}-${end - 1}/${version.bytes.length}`,
  };
  return { status: 206, fields, body, length: body.length, ends: true };
}

export function unsatisfiable(total: number): Answer {
  const answer = page(416, "text/plain", "There are no such bytes.\n");
  return { ...answer, fields: { ...answer.fields, "content-range": `bytes */${total}` } };
}

function isStrongly(value: string, etag: string | null): boolean {
  return value === etag && !value.startsWith("W/");
}

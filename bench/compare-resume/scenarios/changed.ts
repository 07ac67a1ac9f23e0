import { bytesOf } from "../../../tests/origin/body.ts";
import { conformant, heedless } from "../conformant.ts";
import type { Scenario } from "../scenario.ts";
import { after, before, fileSize, KiB, type Version } from "../version.ts";

const longer: Version = { ...before, bytes: bytesOf(3, 0, fileSize + 64 * KiB) };
const shorter: Version = { ...after, bytes: bytesOf(4, 0, 200 * KiB) };

/** Somebody replaced the file after the break: no byte of it may meet one of the old file. */
export const changed: readonly Scenario[] = [
  {
    name: "changed",
    story: "A new ETag and a new Last-Modified, and the server does all that HTTP asks for.",
    begins: before,
    right: after.bytes,
    answer: (request) => conformant(request, after),
  },
  {
    name: "changed, If-Range ignored",
    story: "The same, but the server does not know If-Range: 206, with the new ETag in it.",
    begins: before,
    right: after.bytes,
    answer: (request) => heedless(request, after),
  },
  {
    name: "changed, date only",
    story: "There is no ETag; the new Last-Modified tells, and the server does all that HTTP asks for.",
    begins: { ...before, etag: null },
    right: after.bytes,
    answer: (request) => conformant(request, { ...after, etag: null }),
  },
  {
    name: "changed, weak ETag",
    story: 'ETags are weak and there is no date: W/"first", then W/"second".',
    begins: { ...before, etag: 'W/"first"', modified: null },
    right: after.bytes,
    answer: (request) => conformant(request, { ...after, etag: 'W/"second"', modified: null }),
  },
  {
    name: "changed, no validator",
    story: "There is neither ETag nor date: nothing but the bytes tells that it is another file.",
    begins: { ...before, etag: null, modified: null },
    right: after.bytes,
    answer: (request) => conformant(request, { ...after, etag: null, modified: null }),
  },
  {
    name: "changed, same ETag",
    story: "The server is wrong: other bytes of the same length, under the old ETag and the old date.",
    begins: before,
    right: after.bytes,
    answer: (request) => conformant(request, { ...after, etag: before.etag, modified: before.modified }),
  },
  {
    name: "changed, other total",
    story: "The server is wrong: other bytes under the old ETag and date, but 64 KiB more of them.",
    begins: before,
    right: longer.bytes,
    answer: (request) => conformant(request, longer),
  },
  {
    name: "shrank",
    story: "The new file is shorter than what was received, and the server does not know If-Range: 416.",
    begins: before,
    right: shorter.bytes,
    answer: (request) => heedless(request, shorter),
  },
];

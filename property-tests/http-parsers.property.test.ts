import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { suggestedFileName } from "../models/content-disposition.ts";
import { parseContentRange } from "../models/content-range.ts";
import { fileNameOf, safeFileName } from "../models/file-name.ts";
import { parseHttpDate } from "../models/http-date.ts";
import { followRedirect } from "../models/redirect.ts";
import { contentLength } from "../models/representation.ts";
import { judgeResponse } from "../models/response-verdict.ts";
import { retryAfterMs } from "../models/retry-after.ts";
import { originOf, shownUrl } from "../models/url-origin.ts";
import { chooseValidator } from "../models/validator.ts";
import { hostileText, repeatedPieces } from "./arbitraries/hostile-text.ts";

const length = 64 * 1024;
const limitMs = 50;
const url = "https://a.example/";
const from = { url, method: "GET", headers: [], hasBody: false };
const parts = { validator: { kind: "etag", value: '"a"' }, total: 9, coding: null } as const;
const everywhere = ["content-range", "content-length", "etag", "date", "last-modified", "retry-after", "location"];

const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  parseContentRange,
  parseHttpDate: (text) => parseHttpDate(text, 0),
  retryAfterMs: (text) => retryAfterMs(new Headers({ "retry-after": text, date: text }), 0),
  chooseValidator: (text) => chooseValidator(new Headers({ etag: text, "last-modified": text, date: text })),
  contentLength: (text) => contentLength(new Headers({ "content-length": text })),
  followRedirect: (text) => followRedirect(from, 302, text),
  suggestedFileName,
  safeFileName,
  fileNameOf: (text) => fileNameOf(url + text, `attachment; filename=${text}`),
  originOf,
  shownUrl,
  judgeResponse: (text) => {
    const headers = new Headers([...everywhere, "content-encoding", "content-type"].map((name) => [name, text]));
    return [200, 206, 302, 416, 503].map((status) =>
      judgeResponse({ offset: 5, end: null, stored: parts, nowMs: 0 }, status, headers),
    );
  },
};

/** This thread's CPU time, the best of a few runs: a busy machine makes everything late, a quadratic parser works long. */
function bestMs(run: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 4 && best > limitMs; round += 1) {
    const before = process.threadCpuUsage();
    run();
    const { user, system } = process.threadCpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

/** Mutant: `/[.\s]+$/` for the loop in file-name.ts's trimEnd takes seconds on 64 KiB of dots. */
describe.each(Object.entries(parsers))("%s", (_, parse) => {
  it("reads 64 KiB of anything within 50 ms of work and never throws", () => {
    fc.assert(
      fc.property(hostileText(length), (text) => {
        expect(bestMs(() => parse(text))).toBeLessThan(limitMs);
      }),
      // Chance misses the quadratic mutant in one run of three, the examples never. Shrinking it would take minutes.
      { numRuns: 300, examples: repeatedPieces(length).map((text) => [text] as [string]), endOnFailure: true },
    );
  });
});

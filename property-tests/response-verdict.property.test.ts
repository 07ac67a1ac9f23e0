import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Ask, judgeResponse } from "../models/response-verdict.ts";
import { type Answer, answer, ask, headersOf } from "./arbitraries/answer.ts";

const exchange = ask.chain((asked) => fc.tuple(fc.constant(asked), answer(asked)));

/** RFC 9110 §15.3.7.3 and rows A3-A21 in one sentence, over facts instead of headers. */
function mayAppend({ offset, end, stored }: Ask, served: Answer): boolean {
  const { contentRange: range } = served;
  if (stored === null || stored.validator === null || stored.coding !== null) return false;
  const { kind, value } = stored.validator;
  if ((kind === "etag" ? served.etag : served.lastModified) !== value) return false;
  if (served.coding !== null && served.coding !== "identity") return false;
  if (served.status === 200) {
    const { contentLength: length } = served;
    if (offset === 0 || length === null) return offset > 0;
    return length >= 0 && (stored.total === null ? length >= offset : length === stored.total);
  }
  if (served.status !== 206 || (offset === 0 && end === null)) return false;
  if (range === null || typeof range === "string") return false;
  return (
    (stored.total === null || range.total === null || stored.total === range.total) &&
    (range.total === null || range.last < range.total) &&
    range.first <= offset &&
    offset <= range.last &&
    (served.contentLength === null || served.contentLength === range.last - range.first + 1) &&
    !served.multipart
  );
}

/**
 * Mutants seen to fail here: each single `doubt` of partial-response.ts left out, `start >= offset` for `>`,
 * `skip: 0`, and compareValidator ignoring a leading `W/`.
 */
describe("response verdict", () => {
  it("appends when, and only when, the answer proves that its bytes belong there", () => {
    fc.assert(
      fc.property(exchange, ([asked, served]) => {
        const verdict = judgeResponse(asked, served.status, headersOf(served));

        expect(verdict.type === "append").toBe(mayAppend(asked, served));
      }),
      { numRuns: 5000 },
    );
  });

  it("puts every kept byte where the server says it stands", () => {
    fc.assert(
      fc.property(exchange, ([asked, served]) => {
        const verdict = judgeResponse(asked, served.status, headersOf(served));
        if (verdict.type !== "append" || served.status === 200) return;
        const { contentRange: range } = served;
        if (range === null || typeof range === "string") throw new Error("appended without a range");

        expect(verdict.offset).toBe(asked.offset);
        expect(range.first + verdict.skip).toBe(verdict.offset);
        expect(range.first + (verdict.length ?? Number.NaN)).toBe(range.last + 1);
        expect(verdict.representation).toEqual({ ...asked.stored, total: asked.stored?.total ?? range.total });
      }),
      { numRuns: 2000 },
    );
  });

  it("compares everything that is stored with the beginning of a whole body", () => {
    fc.assert(
      fc.property(exchange, ([asked, served]) => {
        const verdict = judgeResponse(asked, 200, headersOf(served));
        if (verdict.type !== "append") return;

        expect([verdict.offset, verdict.skip]).toEqual([asked.offset, asked.offset]);
        expect(verdict.length).toBe(served.contentLength);
      }),
      { numRuns: 2000 },
    );
  });

  it("never begins a generation with bytes that do not start at 0", () => {
    fc.assert(
      fc.property(exchange, ([asked, served]) => {
        const verdict = judgeResponse(asked, served.status, headersOf(served));
        if (verdict.type !== "restart" || served.status !== 206) return;

        expect(served.contentRange).toMatchObject({ first: 0 });
        expect(asked.stored).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  it("says complete only of a 416 whose total is where the stored bytes end", () => {
    const ends = ask.chain((asked) => fc.tuple(fc.constant(asked), answer(asked), fc.nat({ max: 13 })));

    fc.assert(
      fc.property(ends, ([asked, served, total]) => {
        const headers = headersOf({ ...served, contentRange: `bytes */${total}` });
        const verdict = judgeResponse(asked, 416, headers);
        if (verdict.type !== "complete") return;

        expect([verdict.total, asked.offset]).toEqual([total, total]);
        expect(asked.stored?.total ?? total).toBe(total);
        expect(asked.end).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });
});

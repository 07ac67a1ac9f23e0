import { expect } from "vitest";
import { answer, faithful, head, part, raw, whole } from "./answers.ts";
import { half, v1, v2 } from "./representations.ts";
import { retryLimit } from "./run-scenario.ts";
import type { FaultScenario } from "./scenario.ts";

const rest = `from ${half} if "one"`;
const cut = whole(v1, { cut: half });
const page = Buffer.from("<h1>Nobody is at home</h1>");
const said = (status: number, fields = {}) =>
  answer(status, page, { fields: { "content-type": "text/html", ...fields } });
const none = Buffer.alloc(0);

/** Rows C1 to C19: statuses that are no file, and when to ask again. */
export const statusScenarios: readonly FaultScenario[] = [
  {
    // Mutant: retry by our own back-off whatever the server asked for.
    title: "C1 a 503 with Retry-After: 1 is left alone for a second, and what is held is gone on from",
    answers: [cut, said(503, { "retry-after": 1 }), faithful(v1)],
    outcome: v1.body,
    asked: ["whole", rest, rest],
    also: ({ lastedMs }) => expect(lastedMs).toBeGreaterThanOrEqual(1_000),
  },
  {
    title: "C2 a Retry-After that is a date is measured by the server's own clock",
    answers: [
      said(429, { "retry-after": "Sat, 01 Jan 2000 00:00:01 GMT", date: "Sat, 01 Jan 2000 00:00:00 GMT" }),
      faithful(v1),
    ],
    outcome: v1.body,
    also: ({ lastedMs }) => expect([lastedMs >= 1_000, lastedMs < 5_000]).toEqual([true, true]),
  },
  ...["-1", "1.5", "soon", "", "Sat, 01 Jan 2000 00:00:00 GMT", "Saturday, 01-Jan-00 00:00:00 GMT", "0"].map(
    (value): FaultScenario => ({
      title: `C3 a Retry-After of "${value}" asks for nothing`,
      answers: [said(503, { "retry-after": value }), faithful(v1)],
      outcome: v1.body,
      asked: ["whole", "whole"],
    }),
  ),
  {
    // Mutant: no delay at all where a server asks for none.
    title: "C3 a Retry-After of 0 for ever costs attempts and time, and ends",
    answers: [said(503, { "retry-after": 0 })],
    outcome: "status",
    engine: { retry: { limit: 3, minDelayMs: 400, maxDelayMs: 400 } },
    also({ requests, lastedMs }) {
      expect(requests).toHaveLength(4);
      expect(lastedMs).toBeGreaterThanOrEqual(300);
    },
  },
  ...[500, 502, 503, 504].map((status) => passing(`C4 a ${status} without Retry-After passes`, status)),
  passing("C5 a 408 passes", 408),
  passing("C6 a 425 passes", 425),
  passing("C7 a 421 passes", 421),
  ...[408, 421].map(
    (status): FaultScenario => ({
      title: `${status === 408 ? "C5" : "C7"} after a ${status} another connection is used`,
      answers: [answer(status, none), faithful(v1)],
      outcome: v1.body,
      also: ({ requests: [first, second] }) => expect(second?.connection).not.toBe(first?.connection),
    }),
  ),
  ...[401, 403, 407].map(
    (status): FaultScenario => ({
      title: `C8 a ${status} is not asked about blindly again`,
      answers: [said(status)],
      outcome: "status",
      asked: ["whole"],
      also: ({ failure }) => expect(failure).toMatchObject({ reason: "bad-status", status }),
    }),
  ),
  ...[404, 410].map(
    (status): FaultScenario => ({
      // Mutant: append whatever comes.
      title: `C9 C10 a ${status} in the middle is a bad status, and its page is not joined to what is held`,
      answers: [cut, said(status)],
      outcome: "status",
      asked: ["whole", rest],
      also({ failure, body, progress }) {
        expect(failure).toMatchObject({ reason: "bad-status", status });
        expect(body?.toString()).toBe(page.toString());
        expect(Math.max(...progress)).toBe(half);
      },
    }),
  ),
  {
    title: "C10 an error page in the middle that passes leaves no byte behind",
    answers: [cut, said(500), said(502), faithful(v1)],
    outcome: v1.body,
    asked: ["whole", rest, rest, rest],
  },
  {
    title: "C11 a 204 is no file",
    answers: [raw(head(204, {}), "stay")],
    outcome: "empty-answer",
    asked: ["whole"],
  },
  {
    title: "C11 a 205 is no file, and costs nothing that is held",
    answers: [cut, answer(205, none)],
    outcome: "empty-answer",
    asked: ["whole", rest],
  },
  {
    title: "C12 a 202 is not the file yet: it is asked for again",
    answers: [said(202), said(202), faithful(v1)],
    outcome: v1.body,
    asked: ["whole", "whole", "whole"],
  },
  {
    title: "C12 a 202 for ever is a failure of its own name",
    answers: [said(202)],
    outcome: "accepted-only",
  },
  {
    title: "C13 a 511 in the middle costs nothing that is held",
    answers: [cut, said(511), faithful(v1)],
    outcome: v1.body,
    asked: ["whole", rest, rest],
  },
  {
    title: "C15 an answer whose head never comes is given up for another",
    answers: [(wire) => wire.closed, faithful(v1)],
    outcome: v1.body,
    asked: ["whole", "whole"],
    transport: { headersTimeoutMs: 150 },
  },
  {
    title: "C15 a body of which nothing comes any more is given up, and the rest asked for",
    answers: [whole(v1, { cut: half, how: "stall" }), faithful(v1)],
    outcome: v1.body,
    asked: ["whole", rest],
    transport: { idleTimeoutMs: 150 },
  },
  {
    // Mutant: call every byte progress.
    title: "C17 a server that gives one byte at a time does not keep a record alive for ever",
    answers: [cut, part(v1, { size: 1 })],
    outcome: "incomplete",
    // Two for each exchange: what is stored is compared first.
    also: ({ requests }) => expect(requests).toHaveLength(2 * retryLimit + 1),
  },
  {
    title: "C19 when the budget is over the last failure is told, after as many exchanges as were allowed",
    answers: [said(503), raw(""), said(500)],
    outcome: "status",
    also({ requests, failure, body }) {
      expect(requests).toHaveLength(retryLimit + 1);
      expect(failure?.status).toBe(500);
      expect(body?.toString()).toBe(page.toString());
    },
  },
  {
    // Mutant: compare as much after a connection that ended over it: none ever comes further.
    title: "C19 A16 real progress gives the whole budget back, also over connections that bring less than is compared",
    answers: [0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => part(v1, { cut: 30_000 + n })).concat(part(v1)),
    outcome: v1.body,
    also: ({ requests }) => expect(requests.length).toBeGreaterThan(retryLimit + 2),
  },
  {
    title: "D14 neither Refresh nor a page that says where to go is a redirect",
    answers: [
      answer(200, Buffer.from('<meta http-equiv="refresh" content="0; url=/two">'), {
        fields: { refresh: "0; url=/two", "content-type": "text/html" },
      }),
    ],
    elsewhere: { "/two": [whole(v2)] },
    outcome: Buffer.from('<meta http-equiv="refresh" content="0; url=/two">'),
    also: ({ requests }) => expect(requests).toHaveLength(1),
  },
];

function passing(title: string, status: number): FaultScenario {
  return {
    title: `${title}: what is held is gone on from`,
    answers: [cut, said(status), said(status), faithful(v1)],
    outcome: v1.body,
    asked: ["whole", rest, rest, rest],
  };
}

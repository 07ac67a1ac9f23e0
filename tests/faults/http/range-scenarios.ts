import { expect } from "vitest";
import { answer, faithful, part, whole } from "./answers.ts";
import { forged, half, patched, unnamed, v1, v2 } from "./representations.ts";
import type { FaultScenario } from "./scenario.ts";

const rest = `from ${half} if "one"`;
const cut = whole(v1, { cut: half });

/** Rows A1 to A7: what comes instead of the bytes that were asked for. */
export const rangeScenarios: readonly FaultScenario[] = [
  {
    // Mutant: take a 200 under the same ETag for a new generation.
    title:
      "A1 A22 a server that ignores Range sends the same file again: what is held stays held, also when that breaks off",
    answers: [cut, whole(v1, { cut: half - 50_000 }), faithful(v1)],
    outcome: v1.body,
    asked: ["whole", rest, rest],
  },
  {
    title: "A1 A22 a server that always ignores Range is gone on from in the middle of its whole answer",
    answers: [cut, whole(v1, { cut: half + 100_000 }), whole(v1)],
    outcome: v1.body,
    asked: ["whole", rest, `from ${half + 100_000} if "one"`],
  },
  {
    // Mutant: skip the first bytes of the whole answer without comparing them.
    title: "A1 a whole answer that differs from what is held in its last byte is another file, whatever its ETag says",
    answers: [cut, whole(patched(half - 1))],
    outcome: patched(half - 1).body,
  },
  {
    title: "A2 a whole answer under another ETag is the new file",
    answers: [cut, whole(v2)],
    outcome: v2.body,
    asked: ["whole", rest],
  },
  {
    title: "A2 a whole answer without a validator is the new file",
    answers: [cut, whole(unnamed)],
    outcome: unnamed.body,
    asked: ["whole", rest],
  },
  {
    // Mutant: let the old bytes go when the first of the new ones are stored (P3).
    title: "A2 a new file that breaks off and cannot be resumed does not cost the old one's bytes",
    answers: [whole(v1, { cut: 300_000 }), whole(unnamed, { cut: 100_000 }), faithful(v1)],
    outcome: v1.body,
    asked: ["whole", 'from 300000 if "one"', 'from 300000 if "one"'],
  },
  {
    title: "A2 a new file that breaks off and can be resumed is gone on from",
    answers: [cut, whole(v2, { cut: 200_000 }), faithful(v2)],
    outcome: v2.body,
    asked: ["whole", rest, 'from 200000 if "two"'],
  },
  {
    title: "A3 a part that begins too early is joined where it belongs",
    answers: [cut, part(v1, { shift: -1_000 })],
    outcome: v1.body,
    asked: ["whole", rest],
  },
  {
    // Mutant: skip what overlaps without comparing it.
    title: "A3 a part that begins too early and differs from what is held belongs to another file",
    answers: [cut, part(patched(half - 500), { shift: -1_000 }), whole(patched(half - 500))],
    outcome: patched(half - 500).body,
    asked: ["whole", rest, "whole"],
  },
  {
    // Mutant: do not look where a part begins.
    title: "A3 a part that begins too late leaves a gap, and is not used",
    answers: [cut, part(v1, { start: half + 1 }), faithful(v1)],
    outcome: v1.body,
    asked: ["whole", rest, "whole"],
  },
  {
    title: "A4 a server that gives less at a time than was asked for is asked for the rest",
    answers: [cut, part(v1, { size: 100_000 })],
    outcome: v1.body,
    asked: ["whole", rest, ...[184_464, 284_464, 384_464].map((first) => `from ${first} if "one"`)],
  },
  {
    // Mutant: take a part that ends where the stored bytes do for one of no use.
    title: "A4 a server whose parts are shorter than what is compared is still asked for the rest",
    answers: [cut, part(v1, { size: 60_000 })],
    outcome: v1.body,
    asked: ["whole", rest, ...[150_000, 210_000, 270_000, 330_000, 390_000].map((first) => `from ${first} if "one"`)],
  },
  {
    // Mutant: take the end of the connection for bytes that differ, and give up what is stored.
    title:
      "A13 A16 B5 a part that only the end of its connection ends, among the bytes that are compared, costs nothing",
    answers: [cut, part(v1, { framing: "close", cut: 40_000 }), part(v1)],
    outcome: v1.body,
    asked: ["whole", rest, 'from 133616 if "one"'],
    also: ({ progress }) => expect(progress.slice(1).every((bytes, at) => bytes >= (progress[at] ?? 0))).toBe(true),
  },
  {
    // Mutant: do not compare the total.
    title: "A5 a part of a file of another length is not used",
    answers: [cut, part(forged, { total: v1.body.length + 1 }), whole(v2)],
    outcome: v2.body,
    asked: ["whole", rest, "whole"],
  },
  {
    title: "A6 a part whose total is * leaves the known length known",
    answers: [cut, part(v1, { total: "*" })],
    outcome: v1.body,
    asked: ["whole", rest],
  },
  {
    title: "A6 a part whose total is * may be the last one",
    answers: [whole(v1, { framing: "chunked", cut: half }), part(v1, { total: "*" }), faithful(v1)],
    outcome: v1.body,
  },
  {
    // Mutant: take the end of a part for the end of the file.
    title: "A6 a part whose total is * and that ends early is not the end of the file",
    answers: [whole(v1, { framing: "chunked", cut: half }), part(v1, { size: 100_000, total: "*" }), faithful(v1)],
    outcome: v1.body,
    asked: ["whole", rest, 'from 250000 if "one"'],
  },
  {
    title: "A7 a part without a Content-Range is not used, and the whole is asked for",
    answers: [cut, part(v1, { contentRange: null }), faithful(v1)],
    outcome: v1.body,
    asked: ["whole", rest, "whole"],
  },
  {
    title: "A7 a part that nobody asked for is not the file",
    answers: [answer(206, v1.body, { fields: { "content-range": `bytes 0-${v1.body.length - 1}/${v1.body.length}` } })],
    outcome: "unsolicited-part",
  },
  {
    title: "A11 a part that comes wrapped in a multipart body is not used",
    answers: [cut, part(v1, { fields: { "content-type": "multipart/byteranges; boundary=x" } }), faithful(v1)],
    outcome: v1.body,
    asked: ["whole", rest, "whole"],
  },
  {
    // Mutant: append whatever comes.
    title: "A12 bytes beyond a part's own range are dropped, with their connection",
    answers: [
      cut,
      part(v1, { start: half, size: 100_000, framing: "chunked", contentRange: "bytes 150000-199999/400000" }),
      faithful(v1),
    ],
    outcome: v1.body,
    asked: ["whole", rest, 'from 200000 if "one"'],
    also: ({ requests: [, second, third] }) => expect(third?.connection).not.toBe(second?.connection),
  },
  {
    title: "A12 a part that promises more bytes than its range has is not used",
    answers: [cut, part(forged, { contentRange: "bytes 150000-199999/400000" }), faithful(v1)],
    outcome: v1.body,
    asked: ["whole", rest, "whole"],
  },
  {
    title: "A13 a part that breaks off is kept, and the rest asked for",
    answers: [cut, part(v1, { start: half, cut: 100_000 }), faithful(v1)],
    outcome: v1.body,
    asked: ["whole", rest, 'from 250000 if "one"'],
  },
  {
    title: "A13 a part that ends in good order before its range does is kept, and the rest asked for",
    answers: [
      cut,
      part(v1, { start: half, size: 100_000, framing: "chunked", contentRange: "bytes 150000-399999/400000" }),
      faithful(v1),
    ],
    outcome: v1.body,
    asked: ["whole", rest, 'from 250000 if "one"'],
  },
];

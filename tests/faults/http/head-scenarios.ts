import { expect } from "vitest";
import { faithful, head, raw, whole } from "./answers.ts";
import { v1 } from "./representations.ts";
import type { FaultScenario } from "./scenario.ts";

const early = "HTTP/1.1 103 Early Hints\r\nlink: </style.css>; rel=preload\r\n\r\n";
const wholeOf = (prefix: string) =>
  raw([prefix, head(200, { ...v1.fields, "content-length": v1.body.length }), v1.body], "stay");

/** Rows B19 to B23: what comes instead of, or before, the head of an answer. */
export const headScenarios: readonly FaultScenario[] = [
  refused("B19 a head that breaks off", raw("HTTP/1.1 200 OK\r\ncontent-le")),
  refused("B19 a status line that breaks off", raw("HTTP/1.1 2")),
  refused("B19 an answer in HTTP/0.9", raw("<p>hello</p>\n")),
  refused("B19 bytes of chance", raw(v1.body.subarray(0, 4_096))),
  refused("B19 an empty reply", raw("")),
  refused("B19 a reset instead of a reply", raw("", "rst")),
  refused("B19 zero bytes instead of a head", raw(Buffer.alloc(64))),
  refused("B20 a header section of 70 KiB", raw(head(200, { ...v1.fields, "x-long": "x".repeat(70 * 1024) }), "stay")),
  refused("B20 many fields that make 70 KiB", raw(head(200, { "x-many": Array(6_000).fill("1234567") }), "stay")),
  refused("B20 300 fields", raw(`${head(200, { "content-length": 5, "x-many": Array(300).fill("1") })}hello`, "stay")),
  refused(
    "B20 a folded field",
    raw(`HTTP/1.1 200 OK\r\nx-folded: one\r\n two\r\ncontent-length: 5\r\n\r\nhello`, "stay"),
  ),
  refused("B20 a field without a name", raw("HTTP/1.1 200 OK\r\n: one\r\ncontent-length: 5\r\n\r\nhello", "stay")),
  refused("B20 a space before the colon", raw("HTTP/1.1 200 OK\r\ncontent-length : 5\r\n\r\nhello", "stay")),
  refused("B21 more than 32 interim answers", wholeOf(early.repeat(40))),
  refused(
    "B23 a 101 that nobody asked for",
    raw("HTTP/1.1 101 Switching\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\nhello"),
  ),
  {
    title: "B22 interim answers 102, 103 and 104 are not the answer",
    answers: [wholeOf(`HTTP/1.1 102 Processing\r\n\r\n${early}HTTP/1.1 104 Upload Resumption Supported\r\n\r\n`)],
    outcome: v1.body,
    asked: ["whole"],
    also: ({ status }) => expect(status).toBe(200),
  },
  {
    title: "B21 32 interim answers are put up with",
    answers: [wholeOf(early.repeat(32))],
    outcome: v1.body,
    asked: ["whole"],
  },
  {
    title: "B19 an answer that stays no HTTP is a failure of its own name",
    answers: [raw("SSH-2.0-OpenSSH_9.9\r\n")],
    outcome: "malformed",
  },
  {
    title: "B24 a proxy that codes the part anew, under an ETag of its own, brings nothing that is used",
    answers: [
      whole(v1, { cut: 150_000 }),
      (wire, request) =>
        raw(
          [
            head(206, {
              etag: '"one-gzip"',
              "content-encoding": "gzip",
              "content-range": `bytes ${request.start}-${request.start + 99}/400`,
              "content-length": 100,
            }),
            v1.body.subarray(0, 100),
          ],
          "stay",
        )(wire, request),
      faithful(v1),
    ],
    outcome: v1.body,
    asked: ["whole", 'from 150000 if "one"', "whole"],
  },
];

/** What is no answer is asked for again, and nothing of it is kept. */
function refused(what: string, answer: FaultScenario["answers"][number]): FaultScenario {
  return {
    title: `${what}: nothing of it is kept, and the file is asked for again`,
    answers: [answer, faithful(v1)],
    outcome: v1.body,
    asked: ["whole", "whole"],
  };
}

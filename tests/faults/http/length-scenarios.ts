import { expect } from "vitest";
import { answer, chunk, type Framing, faithful, head, part, raw, whole } from "./answers.ts";
import { redirect } from "./redirect-answers.ts";
import { half, v1, v2 } from "./representations.ts";
import type { FaultScenario } from "./scenario.ts";

const rest = `from ${half} if "one"`;
const none = Buffer.alloc(0);
const smuggled = Buffer.from("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil");
const chunkedHead = head(200, { "transfer-encoding": "chunked" });

/** Rows B1 to B11: how long a body is, and who says so. */
export const lengthScenarios: readonly FaultScenario[] = [
  cutOff("B1 a body shorter than its Content-Length, ended by FIN, is resumed", { how: "fin" }),
  cutOff("B1 a body shorter than its Content-Length, ended by RST, is resumed", { how: "rst" }),
  cutOff("B1 a body shorter than its Content-Length, of which no more comes, is resumed", { how: "stall" }),
  cutOff("B3 a chunked body without its last chunk, ended by FIN, is resumed", { framing: "chunked", how: "fin" }),
  cutOff("B3 a chunked body without its last chunk, ended by RST, is resumed", { framing: "chunked", how: "rst" }),
  cutOff("B5 a body that only the end of its connection ends, reset, is resumed", { framing: "close", how: "rst" }),
  {
    title: "B2 bytes beyond Content-Length are dropped",
    answers: [whole(v1, { beyond: smuggled })],
    outcome: v1.body,
    asked: ["whole"],
  },
  {
    // Mutant: keep the connection of an answer that was too long.
    title: "B2 E4 bytes beyond Content-Length are not the answer to the next request",
    answers: [redirect(302, "/two", { beyond: smuggled })],
    elsewhere: { "/two": [faithful(v1)] },
    outcome: v1.body,
  },
  {
    title: "B4 a body that only the end of its connection ends is a success whose length nobody has proved",
    answers: [whole(v1, { framing: "close" })],
    outcome: v1.body,
    asked: ["whole"],
    also: ({ lengthProven }) => expect(lengthProven).toBe(false),
  },
  {
    title: "B4 the length of a body with a Content-Length is proved",
    answers: [whole(v1)],
    outcome: v1.body,
    also: ({ lengthProven }) => expect(lengthProven).toBe(true),
  },
  {
    title: "B4 the length of a chunked body is proved",
    answers: [whole(v1, { framing: "chunked" })],
    outcome: v1.body,
    also: ({ lengthProven }) => expect(lengthProven).toBe(true),
  },
  {
    title: "B4 a body without a length, where the length was told before, must reach it",
    answers: [whole(v1, { cut: half }), whole(v1, { framing: "close", cut: 200_000 }), faithful(v1)],
    outcome: v1.body,
  },
  {
    title: "B6 of a Transfer-Encoding and a Content-Length the second never decides where the body ends",
    answers: [
      raw([
        head(200, { ...v1.fields, "content-length": 4, "transfer-encoding": "chunked" }),
        chunk(v1.body),
        "0\r\n\r\n",
      ]),
      faithful(v1),
    ],
    outcome: v1.body,
  },
  ...["5, 6", "-5", "+5", "0x5", "5.0", "9007199254740993", "18446744073709551616", "5e0"].map(
    (length): FaultScenario => ({
      title: `B7 a Content-Length of ${length} is no length, and the answer none that is used`,
      answers: [raw(`${head(200, { "content-length": length })}hello`, "stay")],
      outcome: ["malformed", "invalid-length"],
    }),
  ),
  {
    title: "B7 two Content-Length fields that differ are no length",
    answers: [raw(`${head(200, { "content-length": ["5", "6"] })}hello!`, "stay")],
    outcome: ["malformed", "invalid-length"],
  },
  {
    title: "B8 a chunk that says it is longer than any number is not waited for",
    answers: [raw(`${chunkedHead}FFFFFFFFFFFFFFFFF\r\nhello`, "stay"), faithful(v1)],
    outcome: v1.body,
    asked: ["whole", "whole"],
  },
  {
    title: "B8 a chunk whose extensions never end is given up",
    answers: [flood(`${chunkedHead}5;`, "x".repeat(65_536)), faithful(v1)],
    transport: { idleTimeoutMs: 300 },
    outcome: v1.body,
    asked: ["whole", "whole"],
  },
  {
    title: "B8 trailers that never end are given up",
    answers: [flood(`${chunkedHead}5\r\nhello\r\n0\r\n`, "x-trailer: 1\r\n".repeat(4_096)), faithful(v1)],
    transport: { idleTimeoutMs: 300 },
    outcome: v1.body,
    asked: ["whole", "whole"],
  },
  {
    title: "B10 what follows a 304 is not the answer to the next request",
    answers: [answer(304, smuggled), faithful(v1)],
    outcome: v1.body,
  },
  {
    title: "B10 what follows a 204 is neither its body nor the answer to the next request",
    answers: [answer(204, smuggled)],
    outcome: "empty-answer",
    also: ({ body }) => expect(body?.toString() ?? "").not.toContain("evil"),
  },
  {
    title: "B10 what follows the answer to a HEAD is not its body",
    request: { method: "HEAD" },
    answers: [answer(200, smuggled)],
    outcome: none,
  },
  {
    title: "B11 nothing at all, with a Content-Length of 0, is a whole file",
    answers: [answer(200, none)],
    outcome: none,
    asked: ["whole"],
  },
  {
    title: "B11 nothing at all, chunked, is a whole file",
    answers: [answer(200, none, { framing: "chunked" }), part(v2)],
    outcome: none,
    asked: ["whole"],
  },
];

function cutOff(title: string, framing: Framing): FaultScenario {
  return {
    title,
    answers: [whole(v1, { ...framing, cut: half }), faithful(v1)],
    outcome: v1.body,
    // A reset may overtake bytes that the client's system holds already.
    ...(framing.how === "rst" ? {} : { asked: ["whole", rest] }),
    transport: { idleTimeoutMs: 150 },
    also: ({ requests: [, second] }) => expect(second?.asked).toMatch(/^from [1-9]\d* if "one"$/),
  };
}

/** `start`, and then `more` until the client has had enough. */
function flood(start: string, more: string): FaultScenario["answers"][number] {
  return async (wire) => {
    let closed = false;
    void wire.closed.then(() => {
      closed = true;
    });
    await wire.write(start);
    while (!closed) await wire.write(more);
  };
}

import { expect } from "vitest";
import { answer, faithful, head, part, served, whole } from "./answers.ts";
import { redirect } from "./redirect-answers.ts";
import { half, v1 } from "./representations.ts";
import type { FaultScenario } from "./scenario.ts";

const MiB = 1024 * 1024;
const none = Buffer.alloc(0);
const large = served(8, 24 * MiB, { etag: '"large"' });
const small = served(9, 3_000, { etag: '"small"' });
const smallHead = head(200, { ...small.fields, "content-length": small.body.length });

/** Rows E2 to E5: what connections do beside what HTTP says. */
export const connectionScenarios: readonly FaultScenario[] = [
  {
    // Catches: the assertion by which undici 7 ended the process.
    title: "E2 a FIN behind a body that was held back by its reader harms nothing",
    answers: [whole(large, { how: "fin", fields: { connection: "close" } })],
    outcome: large.body,
    asked: ["whole"],
    engine: { writeBytes: 64 * 1024 },
    writeTurns: 10,
  },
  {
    title: "E2 a FIN behind a body without a length that was held back harms nothing",
    answers: [whole(large, { framing: "close" })],
    outcome: large.body,
    asked: ["whole"],
    engine: { writeBytes: 64 * 1024 },
    writeTurns: 10,
  },
  {
    title: "E3 a kept connection that closes as the next request comes costs nothing but another one",
    answers: [redirect(302, "/two")],
    elsewhere: { "/two": [(wire) => wire.end(), faithful(v1)] },
    outcome: v1.body,
  },
  {
    title: "E3 a kept connection that is reset as the next request comes costs nothing but another one",
    answers: [redirect(302, "/two")],
    elsewhere: { "/two": [(wire) => wire.reset(), faithful(v1)] },
    outcome: v1.body,
  },
  {
    title: "E3 a POST is not sent a second time when its connection closes before an answer",
    request: { method: "POST", body: "photo" },
    answers: [(wire) => wire.end()],
    outcome: ["interrupted", "sent-before"],
    asked: ["whole"],
  },
  {
    // Mutant: take what lies in a connection for the answer to the next request.
    title: "E4 an answer that came before its request is not used",
    answers: [redirect(302, "/two", { beyond: Buffer.from(`${smallHead}${"x".repeat(small.body.length)}`) })],
    elsewhere: { "/two": [faithful(small)] },
    outcome: small.body,
  },
  {
    title: "E4 what follows a part is not the answer to the next request",
    answers: [
      whole(v1, { cut: half }),
      part(v1, { size: 100_000, beyond: Buffer.from("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil") }),
      faithful(v1),
    ],
    outcome: v1.body,
  },
  {
    title: "E5 an answer that comes byte by byte is the same answer",
    answers: [
      async (wire) => {
        for (const byte of Buffer.concat([Buffer.from(smallHead), small.body])) await wire.write(Buffer.of(byte));
      },
    ],
    outcome: small.body,
    asked: ["whole"],
  },
  {
    title: "E5 a chunked answer that comes byte by byte, in chunks of one byte, is the same answer",
    answers: [
      async (wire) => {
        const chunks = [...small.body.subarray(0, 500)].map((byte) => Buffer.from([49, 13, 10, byte, 13, 10]));
        const end = Buffer.from("0\r\n\r\n");
        const bytes = Buffer.concat([Buffer.from(head(200, { "transfer-encoding": "chunked" })), ...chunks, end]);
        for (const byte of bytes) await wire.write(Buffer.of(byte));
      },
    ],
    outcome: small.body.subarray(0, 500),
    asked: ["whole"],
  },
  {
    title: "E5 a head of a thousand small writes is the same head",
    answers: [
      async (wire) => {
        const fields = { ...v1.fields, "content-length": v1.body.length, "x-many": "x".repeat(900) };
        for (const character of head(200, fields)) await wire.write(character);
        await wire.write(v1.body);
      },
    ],
    outcome: v1.body,
    asked: ["whole"],
  },
  {
    title:
      "B18 a body of another digest than was asked for is let go, asked for once more, and a failure of its own name",
    answers: [whole(v1)],
    fetch: { integrity: "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" },
    outcome: "integrity-mismatch",
    asked: ["whole", "whole"],
    also: ({ body }) => expect(body).toBeNull(),
  },
  {
    title: "E10 a connection that ends again and again without a word is a failure in the end",
    answers: [(wire) => wire.reset()],
    outcome: "interrupted",
  },
  {
    title: "E20 a server whose clock is years away costs nothing",
    answers: [
      answer(503, none, {
        fields: { date: "Mon, 01 Jan 1990 00:00:00 GMT", "retry-after": "Mon, 01 Jan 1990 00:00:00 GMT" },
      }),
      whole(v1, { fields: { date: "Mon, 01 Jan 2085 00:00:00 GMT" } }),
    ],
    outcome: v1.body,
    also: ({ lastedMs }) => expect(lastedMs).toBeLessThan(5_000),
  },
];

import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { expect } from "vitest";
import { answer, type Framing, type Served, whole } from "./answers.ts";
import { v1 } from "./representations.ts";
import type { FaultScenario } from "./scenario.ts";

const MiB = 1024 * 1024;
/** Something that a coding makes shorter. */
const text = Buffer.from("What is coded although nobody asked for it is decoded.\n".repeat(5_000));
const gzip = gzipSync(text);
const wrongSum = Buffer.from(gzip);
wrongSum.writeUInt32LE(1, gzip.length - 8);
const coded = (coding: string, body: Buffer, options: Framing = {}) =>
  answer(200, body, { ...options, fields: { etag: `"${coding}"`, "content-encoding": coding, ...options.fields } });
const plain: Served = { body: text, fields: { etag: '"plain"' } };

/** Rows B12 to B17: an answer with a content coding, although identity was asked for. */
export const codingScenarios: readonly FaultScenario[] = [
  ...(
    [
      ["gzip", gzip],
      ["x-gzip", gzip],
      ["deflate", deflateSync(text)],
      ["deflate", deflateRawSync(text)],
      ["br", brotliCompressSync(text)],
      ["zstd", zstdCompressSync(text)],
      ["deflate, gzip", gzipSync(deflateSync(text))],
      ["gzip, br", brotliCompressSync(gzip)],
      ["identity", text],
    ] as const
  ).map(
    ([coding, body]): FaultScenario => ({
      // Mutant: undo the codings in the order in which they were applied.
      title: `B12 ${coding}, begun with ${body.subarray(0, 2).toString("hex")}, is stored decoded`,
      answers: [coded(coding, body)],
      outcome: text,
      asked: ["whole"],
      also: ({ requests }) => expect(requests[0]?.headers.get("accept-encoding")).toBe("identity"),
    }),
  ),
  {
    title: "B12 a chunked coded answer is stored decoded",
    answers: [coded("gzip", gzip, { framing: "chunked" })],
    outcome: text,
    asked: ["whole"],
  },
  {
    // Mutant: resume a coded body by counting decoded bytes.
    title: "B12 a coded answer that breaks off is never resumed: all of it is asked for again",
    answers: [coded("gzip", gzip, { cut: gzip.length - 20 }), coded("gzip", gzip)],
    outcome: text,
    asked: ["whole", "whole"],
  },
  {
    title: "B12 a coded answer that breaks off may be followed by one without a coding",
    answers: [coded("gzip", gzip, { cut: gzip.length - 20 }), whole(plain)],
    outcome: text,
    asked: ["whole", "whole"],
  },
  spoiled("B13 a coded body that ends too early", gzip.subarray(0, -20)),
  spoiled("B13 a coded body without its check sum", gzip.subarray(0, -8)),
  spoiled("B13 a coded body with a wrong check sum", wrongSum),
  spoiled("B13 a coded body with something behind it", Buffer.concat([gzip, Buffer.from("garbage")])),
  spoiled("B13 a body that is not coded as it says", text),
  {
    title: "B11 B13 a coded body of nothing is a whole file of nothing, as in a browser",
    answers: [coded("gzip", Buffer.alloc(0))],
    outcome: Buffer.alloc(0),
    asked: ["whole"],
  },
  {
    title: "B13 a second member of a gzip body belongs to it",
    answers: [coded("gzip", Buffer.concat([gzipSync(text.subarray(0, 1_000)), gzipSync(text.subarray(1_000))]))],
    outcome: text,
    asked: ["whole"],
  },
  ...["gzip, gzip, gzip", "compress", "aws-chunked", "gzip, aws-chunked", "utf-8"].map(
    (coding): FaultScenario => ({
      // Mutant: store what cannot be undone as it came.
      title: `B15 ${coding} cannot be undone: a failure of its own name, at once`,
      answers: [coded(coding, gzip)],
      outcome: "unsupported-coding",
      asked: ["whole"],
      also: ({ body }) => expect(body).toBeNull(),
    }),
  ),
  {
    // Mutant: count only what came over the wire.
    title: "B16 a body that grows more than a hundredfold is a failure of its own name",
    answers: [coded("gzip", gzipSync(Buffer.alloc(32 * MiB)))],
    outcome: "decompression-bomb",
    asked: ["whole"],
    also: ({ progress }) => expect(Math.max(0, ...progress)).toBeLessThan(16 * MiB),
  },
  {
    title: "B16 a body that grows more than a hundredfold, but not above 10 MiB, is a body",
    answers: [coded("gzip", gzipSync(Buffer.alloc(9 * MiB)))],
    outcome: Buffer.alloc(9 * MiB),
  },
  {
    title: "B16 downloadTotal counts what was decoded",
    answers: [coded("gzip", gzip)],
    fetch: { downloadTotal: gzip.length + 1 },
    outcome: ["download-total-exceeded", "decompression-bomb"],
    asked: ["whole"],
    also: ({ failure }) => expect(failure?.reason).toBe("download-total-exceeded"),
  },
  {
    title: "B17 zstd with a window of 128 MiB is not decoded",
    // A frame by hand: no content size, window descriptor 17 << 3, one raw block of five bytes, the last.
    answers: [coded("zstd", Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x88, 0x29, 0, 0, ...Buffer.from("hello")]))],
    outcome: "malformed",
  },
  {
    title: "B17 br with a window larger than RFC 7932 has is not decoded",
    answers: [
      coded(
        "br",
        brotliCompressSync(v1.body, {
          params: { [constants.BROTLI_PARAM_LARGE_WINDOW]: 1, [constants.BROTLI_PARAM_LGWIN]: 30 },
        }),
      ),
    ],
    outcome: "malformed",
  },
];

/** A body that cannot be decoded to its end is a failure if it stays so, and no byte of it is in the body if it does not. */
function spoiled(what: string, body: Buffer): FaultScenario {
  return {
    title: `${what} is not used, and the whole is asked for again`,
    answers: [coded("gzip", body), whole(plain)],
    outcome: text,
    asked: ["whole", "whole"],
  };
}

import * as zlib from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PortableCodings } from "../adapters/memory/portable-codings.ts";
import { NodeCodings } from "../adapters/node/node-codings.ts";
import { type Codings, isTransportError } from "../core/ports/index.ts";
import { bodyOf, collected } from "./contracts/codings-harness.ts";

const node = new NodeCodings();
const portable = new PortableCodings();
const { BROTLI_PARAM_QUALITY, ZSTD_c_checksumFlag } = zlib.constants;

interface Form {
  readonly coding: string;
  readonly by: readonly Codings[];
  /** Whether a checksum tells wrong bytes from right ones. */
  readonly checked: boolean;
  encode(bytes: Uint8Array): Uint8Array;
}

const forms: Readonly<Record<string, Form>> = {
  gzip: { coding: "gzip", by: [node, portable], checked: true, encode: (bytes) => zlib.gzipSync(bytes) },
  deflate: { coding: "deflate", by: [node, portable], checked: true, encode: (bytes) => zlib.deflateSync(bytes) },
  "raw deflate": {
    coding: "deflate",
    by: [node, portable],
    checked: false,
    encode: (bytes) => zlib.deflateRawSync(bytes),
  },
  br: {
    coding: "br",
    by: [node],
    checked: false,
    encode: (bytes) => zlib.brotliCompressSync(bytes, { params: { [BROTLI_PARAM_QUALITY]: 4 } }),
  },
  zstd: {
    coding: "zstd",
    by: [node],
    checked: true,
    encode: (bytes) => zlib.zstdCompressSync(bytes, { params: { [ZSTD_c_checksumFlag]: 1 } }),
  },
};

/** Noise, repetition, nothing at all, and more than comes out at a time. */
const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc
    .tuple(fc.uint8Array({ minLength: 1, maxLength: 50 }), fc.integer({ min: 1, max: 9_000 }))
    .map(([piece, times]) =>
      Uint8Array.from({ length: piece.length * times }, (_, at) => piece[at % piece.length] ?? 0),
    ),
);
const cuts = fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 6 });

/** The same bytes in several items of several chunks: cut where `at` says, into a new item where `anew`. */
function split(bytes: Uint8Array, places: readonly (readonly [at: number, anew: boolean])[]): Uint8Array[][] {
  const sorted = places.map(([at, anew]) => [at % (bytes.length + 1), anew] as const).sort(([one], [two]) => one - two);
  const items: Uint8Array[][] = [[]];
  let from = 0;
  for (const [at, anew] of [...sorted, [bytes.length, false] as const]) {
    if (at > from) items.at(-1)?.push(bytes.subarray(from, at));
    from = at;
    if (anew) items.push([]);
  }
  return items.filter((item) => item.length > 0);
}

async function outcomeOf(
  codings: Codings,
  coding: string,
  items: readonly Uint8Array[][],
): Promise<Uint8Array | "malformed"> {
  try {
    return await collected(codings.decode(coding, bodyOf(...items)));
  } catch (error) {
    if (isTransportError(error) && error.kind === "malformed") return "malformed";
    throw error;
  }
}

const isSame = (one: Uint8Array | string, two: Uint8Array): boolean =>
  typeof one !== "string" && Buffer.compare(one, two) === 0;

describe.each(Object.entries(forms))("codings: %s", (_, { coding, by, checked, encode }) => {
  it("B12 gives back any bytes, however they were split", () =>
    fc.assert(
      fc.asyncProperty(bodies, cuts, fc.constantFrom(...by), async (bytes, places, codings) => {
        const outcome = await outcomeOf(codings, coding, split(encode(bytes), places));

        expect(isSame(outcome, bytes)).toBe(true);
      }),
      { numRuns: 60 },
    ));

  it("B13 refuses any part of a body but the whole", () =>
    fc.assert(
      fc.asyncProperty(bodies, fc.nat(), cuts, fc.constantFrom(...by), async (bytes, length, places, codings) => {
        const coded = encode(bytes);

        const outcome = await outcomeOf(codings, coding, split(coded.subarray(0, length % coded.length), places));

        expect(outcome).toBe("malformed");
      }),
      { numRuns: 60 },
    ));

  it("B13 refuses whatever follows a body", () =>
    fc.assert(
      fc.asyncProperty(
        bodies,
        // A byte that begins no member of gzip, and no frame of zstd.
        fc.uint8Array({ minLength: 1, maxLength: 40 }).filter(([first]) => first === 0 || first === 0xff),
        cuts,
        fc.constantFrom(...by),
        async (bytes, more, places, codings) => {
          const outcome = await outcomeOf(codings, coding, split(Buffer.concat([encode(bytes), more]), places));

          expect(outcome).toBe("malformed");
        },
      ),
      { numRuns: 60 },
    ));

  it(`B13 ${checked ? "never gives other bytes" : "comes to an end"} where one byte has changed`, () =>
    fc.assert(
      fc.asyncProperty(
        bodies,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        cuts,
        fc.constantFrom(...by),
        async (bytes, at, change, places, codings) => {
          const coded = Uint8Array.from(encode(bytes));
          const place = at % coded.length;
          coded[place] = (coded[place] ?? 0) ^ change;

          const outcome = await outcomeOf(codings, coding, split(coded, places));

          if (checked && outcome !== "malformed") expect(isSame(outcome, bytes)).toBe(true);
        },
      ),
      { numRuns: 100 },
    ));
});

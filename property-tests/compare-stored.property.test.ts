import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterStored, type StoredBeginning, StoredDiffers } from "../core/compare-stored.ts";

const bytes = fc.uint8Array({ maxLength: 40 });
const cuts = fc.array(fc.nat({ max: 40 }), { maxLength: 6 });

function pieces(whole: Uint8Array, at: readonly number[]): Uint8Array[] {
  const ends = [...new Set([...at.filter((end) => end > 0 && end < whole.byteLength), whole.byteLength])];
  ends.sort((one, other) => one - other);
  return ends.map((end, n) => whole.subarray(ends[n - 1] ?? 0, end)).filter(({ byteLength }) => byteLength > 0);
}

/** Chunks by ones and twos, as a socket may give them. */
async function* bodyOf(chunks: readonly Uint8Array[]): AsyncGenerator<readonly Uint8Array[]> {
  for (let at = 0; at < chunks.length; at += 2) yield chunks.slice(at, at + 2);
}

async function* storeOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

const beginning = (store: AsyncIterable<Uint8Array>, { byteLength }: Uint8Array): StoredBeginning => ({
  stored: store,
  length: byteLength,
  delimited: true,
  onCompared: () => undefined,
});

async function collect(body: AsyncIterable<readonly Uint8Array[]>): Promise<number[]> {
  const all: number[] = [];
  for await (const chunks of body) for (const chunk of chunks) all.push(...chunk);
  return all;
}

describe("what comes behind the bytes that are stored", () => {
  // Mutants: count `left` by chunks; forget the rest of a stored piece; begin with the chunk that holds the last one.
  it("True bytes: is everything else, however either side is cut", async () => {
    await fc.assert(
      fc.asyncProperty(bytes, bytes, cuts, cuts, async (stored, further, one, other) => {
        const whole = Uint8Array.of(...stored, ...further);
        const rest = afterStored(bodyOf(pieces(whole, one)), beginning(storeOf(pieces(stored, other)), stored));

        expect(await collect(rest)).toEqual([...further]);
      }),
    );
  });

  // Mutants: compare the first piece only; compare lengths.
  it("True bytes: is nothing at all if a single byte is another one, or is not there", async () => {
    const position = fc.nat();
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        bytes,
        position,
        cuts,
        async (stored, further, n, at) => {
          const whole = Uint8Array.of(...stored, ...further);
          const place = n % stored.byteLength;
          const changed = whole.with(place, (whole[place] ?? 0) ^ 1);
          for (const body of [changed, whole.subarray(0, place)]) {
            const given: number[] = [];
            const reading = (async () => {
              const store = storeOf(pieces(stored, [...at].reverse()));
              for await (const chunks of afterStored(bodyOf(pieces(body, at)), beginning(store, stored))) {
                for (const chunk of chunks) given.push(...chunk);
              }
            })();

            await expect(reading).rejects.toThrow(StoredDiffers);
            expect(given).toEqual([]);
          }
        },
      ),
    );
  });
});

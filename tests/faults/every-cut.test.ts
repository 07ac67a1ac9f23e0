import { describe, expect, it } from "vitest";
import { type CutEnd, type CutFraming, rawAnswer } from "./cuts/cut-answers.ts";
import { countsOf, cutEverywhere, positionsUpTo, wrongOf } from "./cuts/cut-everywhere.ts";

const framed: readonly (readonly [CutFraming, CutEnd])[] = [
  ["length", "fin"],
  ["length", "rst"],
  ["chunked", "fin"],
  ["chunked", "rst"],
];

describe("an answer whose head tells its length, cut at any byte", () => {
  // Mutants: take the end of a connection for the end of a body; call a chunked body whole without its last chunk.
  for (const [framing, end] of framed) {
    it(`E1 True bytes: ends right, framed by ${framing}, ended by ${end}`, { timeout: 300_000 }, async () => {
      const results = await cutEverywhere(framing, end, positionsUpTo(rawAnswer(framing).length));

      expect(wrongOf(results)).toEqual([]);
      console.log(`${framing}/${end}: ${countsOf(results)}`);
    });
  }
});

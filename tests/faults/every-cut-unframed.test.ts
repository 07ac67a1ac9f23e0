import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { cutFile, rawAnswer } from "./cuts/cut-answers.ts";
import { countsOf, cutEverywhere, positionsUpTo, wrongOf } from "./cuts/cut-everywhere.ts";

const integrity = `sha256-${createHash("sha256").update(cutFile.body).digest("base64")}`;
const raw = rawAnswer("close");
const headSize = raw.length - cutFile.body.length;

/** A file of its own, so that it runs beside the framed ones. */
describe("an answer that only the end of its connection ends, cut at any byte", { timeout: 300_000 }, () => {
  // Mutant: take a reset for the end of a body.
  it("E1 True bytes: ends right, ended by RST", async () => {
    const results = await cutEverywhere("close", "rst", positionsUpTo(raw.length));

    expect(wrongOf(results)).toEqual([]);
    console.log(`close/rst: ${countsOf(results)}`);
  });

  // HTTP/1.1 gives such a body no length: a FIN in it is the end of a shorter file. Only a digest can tell.
  it("E1 True bytes: ends right, ended by FIN, if its digest is known", async () => {
    const results = await cutEverywhere("close", "fin", positionsUpTo(raw.length), { integrity });

    expect(wrongOf(results)).toEqual([]);
    console.log(`close/fin with a digest: ${countsOf(results)}`);
  });

  it("E1 B4 ended by FIN, and nobody knows its digest: what came is told to be unproven, and is what came", async () => {
    const positions = Array.from({ length: cutFile.body.length / 64 + 1 }, (_, index) => headSize + index * 64);
    const results = await cutEverywhere("close", "fin", positions);

    const wrong = results.filter(({ body, position }) => !body?.equals(raw.subarray(headSize, position)));
    expect(wrong.map(({ position }) => position)).toEqual([]);
    expect([...new Set(results.map(({ lengthProven }) => lengthProven))]).toEqual([false]);
  });
});

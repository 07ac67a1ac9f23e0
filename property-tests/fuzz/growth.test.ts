import { describe, expect, it } from "vitest";
import { repeatedPieces } from "../arbitraries/hostile-text.ts";
import { parsers } from "./parsers.ts";

const size = 64 * 1024;
const limitMs = 50;
const times = 4;
/** What is linear takes four times as long for four times as much, what is quadratic sixteen. */
const mostGrowth = 8;
/** The system counts a thread's time in ticks of 4 ms: below a few of them it is noise. */
const floorMs = 16;
const rounds = 6;

/** This thread's CPU time: a busy machine makes everything late, a quadratic parser works long. */
function workMs(run: () => unknown): number {
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** The least of a few, and no more of them than it takes to be content. */
function leastMs(run: () => unknown, contentMs: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds && least > contentMs; round += 1) least = Math.min(least, workMs(run));
  return least;
}

/** One piece over and over, of the usual ones and of each of the corpus; and a value that never ends. */
function shapesOf(corpus: readonly string[], length: number): readonly string[] {
  const own = corpus.flatMap((text) => [
    `${text},`.repeat(length).slice(0, length),
    text.slice(0, 3).repeat(length).slice(0, length),
    text.slice(0, -1) + text.slice(-2).repeat(length).slice(0, length),
  ]);
  return [...(usual.get(length) ?? []), ...own];
}

const usual = new Map([size, times * size].map((length) => [length, repeatedPieces(length)]));

/**
 * Mutants: `name.replace(/[.\s]+$/, "")` for trimEnd in file-name.ts; the parameters of content-disposition.ts matched
 * from anywhere, not only from a semicolon on.
 */
describe.each(parsers)("$name", ({ corpus, parse }) => {
  it("N8 takes 64 KiB of anything within 50 ms, and four times as much in about four times the time", () => {
    const [once, more] = [shapesOf(corpus, size), shapesOf(corpus, times * size)];
    const slow: string[] = [];
    for (const [at, text] of once.entries()) {
      const onceMs = leastMs(() => parse(text), floorMs);
      const allowedMs = mostGrowth * Math.max(floorMs, onceMs);
      const moreMs = onceMs > limitMs ? Number.POSITIVE_INFINITY : leastMs(() => parse(more[at] ?? ""), allowedMs);
      if (moreMs <= allowedMs) continue;
      slow.push(`${JSON.stringify(text.slice(0, 40))}…: ${onceMs} ms, then ${moreMs} ms`);
      break;
    }

    expect(slow).toEqual([]);
  });
});

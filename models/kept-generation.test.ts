import { describe, expect, it } from "vitest";
import { keptBeside } from "./kept-generation.ts";
import type { Generation, KeptGeneration } from "./record-row.ts";

const response = { status: 200, statusText: "", headers: [], url: "" };

function generation(etag: string | null, stored: number, fields: Partial<Generation> = {}): Generation {
  const validator = etag === null ? null : ({ kind: "etag", value: etag } as const);
  const received = stored === 0 ? [] : [{ start: 0, end: stored }];
  return {
    bodyId: `${etag} ${stored}`,
    representation: { validator, total: 1_000, coding: null },
    received,
    ...fields,
  };
}

const held = (etag: string | null, stored: number): KeptGeneration => ({
  generation: generation(etag, stored),
  response,
});
const row = (present: KeptGeneration | null, kept: KeptGeneration | null = null) => ({
  generation: present?.generation ?? null,
  response: present?.response ?? null,
  kept,
});

describe("what is kept beside a generation that begins (P3)", () => {
  it("is the one before it, while that is longer", () => {
    const old = held('"a"', 500);

    expect(keptBeside(row(old), generation('"b"', 499))).toEqual(old);
    expect(keptBeside(row(old), generation('"b"', 500))).toBeNull();
  });

  it("is the longest of those before it", () => {
    const long = held('"a"', 500);
    const short = held('"b"', 200);

    expect(keptBeside(row(short, long), generation('"c"', 10))).toEqual(long);
    expect(keptBeside(row(long, short), generation('"c"', 10))).toEqual(long);
  });

  it("stays while the present one grows, until it is overtaken", () => {
    const kept = held('"a"', 500);
    const grown = (stored: number) => generation('"b"', stored, { bodyId: '"b" 10' });

    expect(keptBeside(row(held('"b"', 10), kept), grown(400))).toEqual(kept);
    expect(keptBeside(row(held('"b"', 10), kept), grown(500))).toBeNull();
  });

  it.each([
    ["nothing that could not be gone on with", held(null, 500), generation('"b"', 10)],
    ["nothing of the same validator", held('"a"', 500), generation('"a"', 10)],
    [
      "nothing beside one that is whole",
      held('"a"', 500),
      { ...generation('"b"', 10), received: [{ start: 0, end: 1_000 }] },
    ],
    ["nothing of which nothing is stored", held('"a"', 0), generation('"b"', 0)],
  ])("is %s", (_, old, next) => {
    expect(keptBeside(row(old), next)).toBeNull();
  });
});

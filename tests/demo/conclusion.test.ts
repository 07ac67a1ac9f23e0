import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { claimsOf, verifyFiles } from "../../examples/demo/conclusion.ts";
import { plan, totalBytes } from "../../examples/demo/plan.ts";
import { nothingYet, type Tally } from "../../examples/demo/tally.ts";

const asPlanned: Tally = {
  cuts: plan.files.flatMap(({ cutsAt }) => cutsAt).length,
  awayMs: plan.awayMs,
  cutByGoing: 1,
  refusals: 1,
  returnedAfterMs: plan.retryAfterS * 1000,
  continued: 1,
  sent: totalBytes,
  killed: true,
};

describe("the demo's conclusion", () => {
  let directory = "";
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "longhaul-conclusion-"));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it("calls a file wrong that differs in one byte or is not there", async () => {
    const sha256 = createHash("sha256").update("right").digest("hex");
    await writeFile(join(directory, "a"), "right");
    await writeFile(join(directory, "b"), "rihht");

    const verdicts = await verifyFiles(directory, [
      { name: "a", sha256 },
      { name: "b", sha256 },
      { name: "c", sha256 },
    ]);

    expect(verdicts.map(({ right }) => right)).toEqual([true, false, false]);
  });

  it("claims what happened, and nothing else", () => {
    expect(claimsOf(asPlanned).every(({ happened }) => happened)).toBe(true);
    expect(claimsOf(nothingYet).some(({ happened }) => happened)).toBe(false);
  });

  // Each on its own: a claim that looks at another's count would pass the test above.
  it.each([
    ["cuts", 0],
    ["awayMs", plan.awayMs - 1],
    ["cutByGoing", 0],
    ["refusals", 0],
    ["returnedAfterMs", plan.retryAfterS * 1000 - 1],
    ["continued", 0],
    ["sent", totalBytes * 2],
    ["killed", false],
  ] as const)("misses %s when it is %s", (what, value) => {
    const claims = claimsOf({ ...asPlanned, [what]: value });

    expect(claims.filter(({ happened }) => !happened)).toHaveLength(1);
  });
});

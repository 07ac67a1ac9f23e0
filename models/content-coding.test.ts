import { describe, expect, it } from "vitest";
import { planDecoding } from "./content-coding.ts";

const supported = ["gzip", "deflate", "br"];
const chainOf = (value: string | null) => {
  const plan = planDecoding(value, supported);
  return plan.type === "undo" ? plan.chain : plan.failure;
};

describe("content coding", () => {
  it.each([null, "", " ", ",", "identity", "Identity", "identity, identity,", " , identity"])(
    "B15 has nothing to undo for %j",
    (value) => {
      expect(chainOf(value)).toEqual([]);
    },
  );

  /** Catches: a chain undone in the order in which it was applied. */
  it.each([
    ["gzip", ["gzip"]],
    ["GZip", ["gzip"]],
    ["x-gzip", ["gzip"]],
    ["gzip, br", ["br", "gzip"]],
    ["gzip,gzip", ["gzip", "gzip"]],
    ["\tdeflate ,identity, , gzip", ["gzip", "deflate"]],
    ["identity, br, identity, identity", ["br"]],
  ])("B15 undoes %j from the last that was applied to the first", (value, chain) => {
    expect(chainOf(value)).toEqual(chain);
  });

  it.each(["gzip, gzip, gzip", "br,gzip,deflate", "gzip,".repeat(10_000)])(
    "B15 refuses more than two: %.30j",
    (value) => {
      expect(chainOf(value)).toMatchObject({ code: "unsupported-coding", reason: "fetch-error", retryable: false });
    },
  );

  it.each([
    "zstd",
    "compress",
    "x-compress",
    "utf-8",
    "gzip, aws-chunked",
    "aws-chunked, gzip",
    "gzip;q=1",
    "constructor",
  ])("B15 refuses %j as a whole, never a part of it", (value) => {
    expect(chainOf(value)).toMatchObject({ code: "unsupported-coding", retryable: false });
  });

  it("B15 says nothing of what the server wrote, which may be anything", () => {
    expect(JSON.stringify(chainOf("se,cr,et"))).not.toContain("se,cr");
    expect(JSON.stringify(chainOf("secret"))).not.toContain("secret");
  });

  it("B15 can undo nothing where nothing is supported", () => {
    expect(planDecoding("gzip", [])).toMatchObject({ type: "refuse" });
    expect(planDecoding("identity", [])).toEqual({ type: "undo", chain: [] });
  });
});

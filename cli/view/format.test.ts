import { describe, expect, it } from "vitest";
import { formatBytes, formatPercent } from "./format-bytes.ts";
import { formatDuration, formatElapsed } from "./format-duration.ts";
import { fit as fitText, textWidth } from "./text-width.ts";
import { bar } from "./total-line.ts";

describe("numbers for people", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1_000, "1.0 KiB"],
    [1_536, "1.5 KiB"],
    [102_350, "100 KiB"],
    [1_048_576, "1.0 MiB"],
    [1_048_100_000, "1.0 GiB"],
    [3 * 2 ** 50, "3.0 PiB"],
  ])("%d bytes are %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it("says 100% only when all of it is there", () => {
    expect([0, 1, 999, 1_000].map((part) => formatPercent(part, 1_000))).toEqual(["0%", "0%", "99%", "100%"]);
    expect(formatPercent(0, 0)).toBe("100%");
  });

  it.each([
    [0, "0 s"],
    [1, "1 s"],
    [59_001, "1 min 00 s"],
    [3_599_001, "1 h 00 min"],
    [86_399_000, "1 d 0 h"],
    [100_000_000, "1 d 4 h"],
  ])("%d ms are %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it("says how long something took in tenths while they mean something", () => {
    expect([40, 1_234, 12_345].map(formatElapsed)).toEqual(["0.0 s", "1.2 s", "13 s"]);
  });
});

describe("text in columns", () => {
  it.each([
    ["abc", 5, "abc  "],
    ["abcdef", 5, "abcd…"],
    ["漢字漢字", 5, "漢字…"],
    ["漢字漢字", 6, "漢字… "],
    ["🎧🎧🎧", 4, "🎧… "],
    ["e\u0301tude", 5, "e\u0301tude"],
  ])("%s in %d columns is %s", (text, width, fitted) => {
    expect(fitText(text, width)).toBe(fitted);
    expect(textWidth(fitted)).toBe(width);
  });

  it("draws a bar that is full only at the end", () => {
    expect([0, 50, 99, 100].map((part) => bar(part, 100, 12))).toEqual([
      "[>         ]",
      "[=====>    ]",
      "[=========>]",
      "[==========]",
    ]);
    expect(bar(1, null, 12)).toBe("");
  });
});

import { describe, expect, it } from "vitest";
import type { Reason } from "../core/index.ts";
import { explanationLines, reasonWords } from "./explanation-words.ts";

const failure = {
  reason: "bad-status",
  code: "status",
  detail: "",
  retryable: true,
  retryAfterMs: 90_000,
  status: 503,
  unreachable: false,
} as const;
const at = (): string => "12:03:11";

describe("reasons in words", () => {
  it.each<[Reason, string]>([
    [
      { type: "backing-off", untilMs: 0, serverAsked: true, attempt: 3, limit: 40, failure },
      "the server asked to wait until 12:03:11 (try 3 of 40: 503)",
    ],
    [
      { type: "backing-off", untilMs: 0, serverAsked: false, attempt: 1, limit: 2, failure: null },
      "tries again at 12:03:11 (try 1 of 2)",
    ],
    [{ type: "paused", by: "restart" }, "not resumed since the last run"],
    [
      { type: "waiting-for-connection", origin: "https://example.org", limit: 6 },
      "waits for one of the 6 connections to https://example.org",
    ],
    [{ type: "sending", uploaded: 1024, total: 4096 }, "sending, 1.0 KiB of 4.0 KiB"],
    [{ type: "receiving", stored: 1024, total: null }, "receiving, 1.0 KiB so far"],
    [{ type: "receiving", stored: 1024, total: 4096 }, "receiving, 1.0 KiB of 4.0 KiB"],
  ])("%o", (reason, words) => {
    expect(reasonWords(reason, at)).toBe(words);
  });

  it("has a line for the download, for each file at work, and for the rest", () => {
    const lines = explanationLines({
      id: "films",
      uid: 1,
      state: "transferring",
      sinceMs: 0,
      because: { type: "transferring" },
      records: [
        { index: 0, url: "http://host/a%1bb.mp4", state: "exchanging", sinceMs: 0, because: { type: "storing" } },
      ],
      waiting: { count: 9, because: { type: "waiting-for-turn", limit: 1 } },
    });

    expect(lines).toEqual([
      "why      nothing holds it up",
      expect.stringMatching(/^ {5}1 {2}a.*b\.mp4: being stored$/),
      "        9 more: waits for its turn: 1 transfers are under way, and no more at a time",
    ]);
  });
});

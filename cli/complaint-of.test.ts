import { expect, it } from "vitest";
import { LonghaulError, type LonghaulErrorCode } from "../core/index.ts";
import { Complaint } from "./complaint.ts";
import { complaintOf } from "./complaint-of.ts";

it.each([
  ["LONGHAUL_LOCK_HELD", "Wait for it, or give this one a store of its own with --store DIR."],
  ["LONGHAUL_LOCK_LOST", "Run the same command again"],
  ["LONGHAUL_BODY_DENIED", "The store /store cannot be written: What happened."],
  ["LONGHAUL_JOURNAL_FULL", "Free some space, then run the same command again."],
  ["LONGHAUL_JOURNAL_CORRUPT", "Move it away, or choose another with --store DIR."],
  ["LONGHAUL_JOURNAL_NEWER", "install that one"],
  ["LONGHAUL_BODY_FAILED", "What happened. (LONGHAUL_BODY_FAILED)"],
] as const)("%s is told with what to do about it", (code: LonghaulErrorCode, says) => {
  const { message, exitCode } = complaintOf(new LonghaulError(code, "What happened"), "/store");

  expect(message).toContain(says);
  expect(exitCode).toBe(1);
});

it("tells of what nobody foresaw in one sentence, and how to see more", () => {
  const thrown = [new TypeError("x is not a function"), Object.assign(new Error("No"), { code: "EIO" }), "odd"];

  expect(thrown.map((error) => complaintOf(error, null).message)).toEqual([
    "Something unexpected happened: TypeError: x is not a function. Run it again with LONGHAUL_DEBUG=1 to see where.",
    "Something unexpected happened: No (EIO). Run it again with LONGHAUL_DEBUG=1 to see where.",
    "Something unexpected happened: Error: odd. Run it again with LONGHAUL_DEBUG=1 to see where.",
  ]);
});

it("passes a complaint on as it is", () => {
  const complaint = new Complaint("Change that.", 2);

  expect(complaintOf(complaint, null)).toBe(complaint);
});

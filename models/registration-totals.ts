import type { FailureReason } from "./failure-reason.ts";
import { exposedLength, type RecordRow } from "./record-row.ts";
import type { RegistrationRow } from "./registration-row.ts";

export type RegistrationTotals = Pick<RegistrationRow, "downloaded" | "settled" | "succeeded" | "failureReason">;

/** The totals once a record's row is `to` instead of `from`, in either direction of time. The first failure stays. */
export function movedTotals(totals: RegistrationTotals, from: RecordRow, to: RecordRow): RegistrationTotals {
  return {
    downloaded: totals.downloaded + exposedLength(to) - exposedLength(from),
    settled: totals.settled + settledCount(to) - settledCount(from),
    succeeded: totals.succeeded + succeededCount(to) - succeededCount(from),
    failureReason: totals.failureReason ?? reasonOf(to),
  };
}

/** What a record's end makes of its registration. */
export function reasonOf({ state, failure }: RecordRow): FailureReason | null {
  if (state === "pending" || state === "success") return null;
  return state === "aborted" ? "aborted" : (failure?.reason ?? "fetch-error");
}

const settledCount = ({ state }: RecordRow): number => (state === "pending" ? 0 : 1);
const succeededCount = ({ state }: RecordRow): number => (state === "success" ? 1 : 0);

import type { Quota, QuotaEstimate } from "../../core/ports/index.ts";

/** Knows no limit: what does not fit is found out by writing it. */
export class UnknownQuota implements Quota {
  readonly name = "unknown quota";

  async estimate(): Promise<QuotaEstimate> {
    return { available: null };
  }
}

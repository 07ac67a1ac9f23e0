import type { AbortOptions } from "./abort-options.ts";

/** Room for bodies, in bytes. */
export interface QuotaEstimate {
  /** How many more bytes may be stored now; `null` if it cannot be known. Another program may take them meanwhile. */
  readonly available: number | null;
}

/**
 * Tells how much may still be stored, before it is tried.
 *
 * `estimate` must be cheap enough to be asked before each fetch, and must not count bytes as available that only an
 * administrator may use.
 */
export interface Quota {
  readonly name: string;
  estimate(options?: AbortOptions): Promise<QuotaEstimate>;
}

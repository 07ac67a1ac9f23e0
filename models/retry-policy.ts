import type { ExchangeFailureCode } from "./exchange-failure.ts";

/** When to try an exchange again. Plain data, so that it can be stored beside the record. */
export interface RetryPolicy {
  /**
   * How many failures in a row, without real progress between them, end the record.
   * @default 40
   */
  readonly limit: number;
  /** @default 500 */
  readonly minDelayMs: number;
  /** @default 30_000 */
  readonly maxDelayMs: number;
}

export const defaultRetryPolicy: RetryPolicy = { limit: 40, minDelayMs: 500, maxDelayMs: 30_000 };

/** No retry comes sooner, however the dice fall, unless the policy's own ceiling is lower. */
const leastDelayMs = 100;
/** A disk that broke this often in a row is broken (F4). */
const storeRetries = 5;
const realProgress = 256 * 1024;

/** How many failures of this kind in a row may be followed by another attempt. */
export function retriesOf({ limit }: RetryPolicy, code: ExchangeFailureCode): number {
  return code === "store-failed" ? Math.min(storeRetries, limit) : limit;
}

/**
 * How long to wait before retry number `attempt` (the first is 1), in ms.
 *
 * Full jitter: anything between nothing and a ceiling that doubles, so that clients that failed together do not come
 * back together. A `Retry-After` is kept to instead, up to a tenth late and never early; one shorter than
 * `minDelayMs` only forbids to be earlier, because a server that says 0 for ever must not get a hot loop.
 *
 * @param chance from the Random port, 0 <= chance < 1.
 */
export function retryDelay(policy: RetryPolicy, attempt: number, chance: number, retryAfterMs: number | null): number {
  const leastMs = Math.max(Math.min(leastDelayMs, policy.maxDelayMs), retryAfterMs ?? 0);
  if (retryAfterMs !== null && retryAfterMs >= policy.minDelayMs) {
    return Math.max(leastMs, retryAfterMs + Math.floor((retryAfterMs * chance) / 10));
  }
  // Past 2**30 every ceiling is maxDelayMs; an infinite power would make 0 * Infinity of a policy without delay.
  const ceiling = Math.min(policy.maxDelayMs, policy.minDelayMs * 2 ** Math.min(attempt - 1, 30));
  return Math.max(leastMs, Math.floor(ceiling * chance));
}

/**
 * Whether an exchange that stored `gained` new bytes earns a fresh retry budget.
 *
 * A server that drips one byte per connection must not keep a record alive for ever: 256 KiB count, or a hundredth of
 * the whole. (A record that is finished needs no budget.)
 */
export function isRealProgress(gained: number, total: number | null): boolean {
  return gained >= realProgress || (total !== null && gained > 0 && gained >= total / 100);
}

import type { FetchPriority } from "../models/registration-row.ts";
import { defaultRetryPolicy, type RetryPolicy } from "../models/retry-policy.ts";
import { type BackgroundFetchUIOptions, uiMembers } from "./ui-options.ts";
import {
  type Convert,
  isIterable,
  toBoolean,
  toDOMString,
  toEnum,
  toSequence,
  toUnsignedLongLong,
} from "./webidl/conversions.ts";
import { toDictionary } from "./webidl/dictionary.ts";

/** The specification's `BackgroundFetchOptions`. */
export interface BackgroundFetchOptions extends BackgroundFetchUIOptions {
  /** Bytes of all bodies together, at most; more fails the fetch. @default 0: no limit */
  readonly downloadTotal?: number | undefined;
}

/** Beyond the specification. */
export interface FetchExtensions {
  /** For each request the place that its finished body is moved to, for stores that can (`supports.moveOut`); `null` keeps it. */
  readonly destinations?: readonly (string | null)[] | undefined;
  /** Whether something that is at a destination already may be replaced. @default false */
  readonly replace?: boolean | undefined;
  /** Subresource Integrity metadata, for every request or for each. A Request's own counts where this says nothing. */
  readonly integrity?: string | readonly (string | null)[] | undefined;
  /** Whose records come first when more wait than may be worked on. @default "auto" */
  readonly priority?: FetchPriority | undefined;
  /** When to try again. @default the engine's option `retry` */
  readonly retry?: Partial<RetryPolicy> | undefined;
}

const toNullableString: Convert<string | null> = (value, context) =>
  value === null || value === undefined ? null : toDOMString(value, context);

const toIntegrity: Convert<string | readonly (string | null)[]> = (value, context) =>
  isIterable(value) ? toSequence(toNullableString)(value, context) : toDOMString(value, context);

const toPositive: Convert<number> = (value, context) => {
  const number = Number(value);
  if (Number.isFinite(number) && number > 0) return number;
  throw new TypeError(`${context} must be a positive number, not ${String(value)}`);
};

const toRetry = toDictionary<Partial<RetryPolicy>>({
  limit: toPositive,
  maxDelayMs: toPositive,
  minDelayMs: toPositive,
});

/** Members in WebIDL's order: those of the inherited dictionary first. The extensions come last. */
export const toFetchOptions: Convert<BackgroundFetchOptions & FetchExtensions> = toDictionary<
  BackgroundFetchOptions & FetchExtensions
>({
  ...uiMembers,
  downloadTotal: toUnsignedLongLong,
  destinations: toSequence(toNullableString),
  integrity: toIntegrity,
  priority: toEnum<FetchPriority>(["high", "auto", "low"]),
  replace: toBoolean,
  retry: toRetry,
});

/** A fetch's own policy, whole; `null` if it has none. */
export function retryPolicyOf(retry: Partial<RetryPolicy> | undefined): RetryPolicy | null {
  return retry === undefined ? null : { ...defaultRetryPolicy, ...retry };
}

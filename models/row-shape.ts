import type { Generation, KeptGeneration, RecordRow, Refusal, ResponseHead } from "./record-row.ts";
import type { ImageResource, RegistrationRow } from "./registration-row.ts";
import type { Representation } from "./representation.ts";
import type { RetryPolicy } from "./retry-policy.ts";
import type { Validator } from "./validator.ts";

/** Whether a value that was read has the shape that it is said to have. */
type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === "string";
const flag: Check = (value) => typeof value === "boolean";
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const amount: Check = (value) => typeof value === "number" && value >= 0;
const bodyId: Check = (value) => typeof value === "string" && /^[0-9a-f]{32}$/.test(value);

const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const ifAny =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

/** A field without a check does not compile: what is added to a row is checked from the first day. */
const shape =
  <Row>(checks: { readonly [Field in keyof Row]-?: Check }): Check =>
  (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.entries<Check>(checks).every(([field, check]) => check((value as Record<string, unknown>)[field]));

const reason: Check = oneOf("aborted", "bad-status", "fetch-error", "quota-exceeded", "download-total-exceeded");
const headers: Check = listOf((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(text));

const representation = shape<Representation>({
  validator: orNull(shape<Validator>({ kind: oneOf("etag", "last-modified"), value: text })),
  total: orNull(count),
  coding: orNull(text),
});

const received: Check = (value) => {
  if (!listOf(shape<{ readonly start: number; readonly end: number }>({ start: count, end: count }))(value))
    return false;
  let last = -1;
  return (value as { readonly start: number; readonly end: number }[]).every(({ start, end }) => {
    const isAfter = last < start && start < end;
    last = end;
    return isAfter;
  });
};

const generation = shape<Generation>({ bodyId, representation, received, lengthProven: ifAny(flag) });

const response = shape<ResponseHead>({ status: count, statusText: text, headers, url: text });

const kept = shape<KeptGeneration>({ generation, response });

const refusal = shape<Refusal>({ response, bodyId, length: count, truncated: flag });

const isRecord = shape<RecordRow>({
  v: oneOf(1),
  index: count,
  url: text,
  method: text,
  headers,
  requestBody: orNull(shape<{ readonly bodyId: string; readonly length: number }>({ bodyId, length: count })),
  destination: orNull(text),
  replace: flag,
  state: oneOf("pending", "success", "failure", "aborted"),
  failure: orNull(shape<{ readonly reason: string; readonly code: string }>({ reason, code: text })),
  response: orNull(response),
  generation: orNull(generation),
  kept: orNull(kept),
  sent: flag,
  movedOut: flag,
  uploaded: count,
  settings: (value) => typeof value === "object" && value !== null && Object.values(value).every(text),
  integrity: text,
  refusal: orNull(refusal),
  deadline: orNull(
    shape<{ readonly untilMs: number; readonly lengthMs: number }>({ untilMs: amount, lengthMs: amount }),
  ),
});

// What is not finite is null in JSON.
const isRegistration = shape<RegistrationRow>({
  v: oneOf(1),
  uid: count,
  id: text,
  title: text,
  icons: listOf(shape<ImageResource>({ src: text, sizes: ifAny(text), type: ifAny(text), label: ifAny(text) })),
  downloadTotal: amount,
  uploadTotal: count,
  createdAt: amount,
  phase: oneOf("active", "settled", "released"),
  paused: flag,
  failureReason: orNull(reason),
  records: count,
  settled: count,
  succeeded: count,
  downloaded: count,
  uploaded: count,
  cursor: count,
  retained: flag,
  pausable: flag,
  priority: oneOf("high", "auto", "low"),
  retry: orNull(shape<RetryPolicy>({ limit: orNull(amount), minDelayMs: orNull(amount), maxDelayMs: orNull(amount) })),
});

/** Whether `value` is a record's row in every field that is read. */
export function isRecordRow(value: unknown): value is RecordRow {
  return isRecord(value);
}

/** Whether `value` is a registration's row in every field that is read. */
export function isRegistrationRow(value: unknown): value is RegistrationRow {
  return isRegistration(value);
}

import type { RecordRow } from "./record-row.ts";
import type { RegistrationRow } from "./registration-row.ts";
import { isRecordRow, isRegistrationRow } from "./row-shape.ts";

/** What is noted beside a body, for a store that loses its journal: the rows as they were when the body was begun. */
export interface BodyNote {
  readonly v: 1;
  readonly registration: RegistrationRow;
  readonly record: RecordRow;
}

/** The note of the body `bodyId`, or `null` if `value` is none. */
export function parseBodyNote(bodyId: string, value: unknown): BodyNote | null {
  const { v, registration, record } = (value ?? {}) as Record<string, unknown>;
  if (v !== 1 || !isRegistrationRow(registration) || !isRecordRow(record)) return null;
  // Only what may be asked for again can go on.
  if (record.method !== "GET" || record.generation?.bodyId !== bodyId || record.index >= registration.records)
    return null;
  return { v, registration, record };
}

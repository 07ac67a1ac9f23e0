import { type RecordRow, storedLength } from "../models/record-row.ts";
import type { RegistrationRow } from "../models/registration-row.ts";
import type { ProgressNotice, RecordProgress } from "./engine-events.ts";

export function progressOf(row: RecordRow): RecordProgress {
  return { index: row.index, stored: storedLength(row), total: row.generation?.representation.total ?? null };
}

export function progressNotice(row: RegistrationRow, changed: readonly RecordProgress[]): ProgressNotice {
  const { id, uid, downloaded, downloadTotal, uploaded, uploadTotal, records, settled } = row;
  return { id, uid, downloaded, downloadTotal, uploaded, uploadTotal, records: { count: records, settled }, changed };
}

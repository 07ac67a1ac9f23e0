import { blankRecord, type RecordRow } from "../models/record-row.ts";
import type { RegistrationRow } from "../models/registration-row.ts";
import { isRegistrationRow } from "../models/row-shape.ts";
import { isLonghaulError, LonghaulError } from "./errors.ts";
import type { JournalChange, JournalRow, JournalStore, JournalValue } from "./ports/journal-store.ts";

/** Rows as the engine knows them, over a store that knows only keys and values. */
export interface Journal {
  /** All of `changes` or none; durable once it resolves, where the store is. */
  commit(changes: readonly JournalChange[]): Promise<void>;
  nextUid(): Promise<number>;
  /** Whether nothing was ever written to it. */
  isEmpty(): Promise<boolean>;
  /** In the order in which they were made; what is damaged is passed over. */
  registrations(): AsyncIterable<RegistrationRow>;
  /** The numbers of registrations whose rows are damaged. */
  damaged(): Promise<readonly number[]>;
  /** What puts everything of a registration to where nobody but people will look for it. */
  quarantine(uid: number): Promise<readonly JournalChange[]>;
  registration(uid: number): Promise<RegistrationRow | null>;
  /** In order of index, from index `from`. */
  records(uid: number, from: number, limit: number): Promise<readonly RecordRow[]>;
  record(uid: number, index: number): Promise<RecordRow | null>;
  /** The registration that the first record row at or after `uid` belongs to. */
  uidOfRecordsFrom(uid: number): Promise<number | null>;
}

const pageSize = 256;
const nextUidKey = "meta/next-uid";
const registrationKey = (uid: number): string => `registration/${String(uid).padStart(12, "0")}`;
const recordsPrefix = (uid: number): string => `record/${String(uid).padStart(12, "0")}/`;
const recordKey = (uid: number, index: number): string => recordsPrefix(uid) + String(index).padStart(9, "0");

export const putNextUid = (uid: number): JournalChange => ({ type: "put", key: nextUidKey, value: uid });
export const putRegistration = (row: RegistrationRow): JournalChange => put(registrationKey(row.uid), row);
export const putRecord = (uid: number, row: RecordRow): JournalChange => put(recordKey(uid, row.index), row);
export const dropRegistration = (uid: number): JournalChange => ({ type: "delete", key: registrationKey(uid) });
export const dropRecords = (uid: number): JournalChange => ({ type: "delete-all", prefix: recordsPrefix(uid) });

export function openJournal(store: JournalStore, fence: number): Journal {
  async function* pages(prefix: string): AsyncGenerator<JournalRow> {
    let after: string | undefined;
    for (;;) {
      const page = await store.list({ prefix, after, limit: pageSize });
      yield* page;
      after = page.at(-1)?.key;
      if (page.length < pageSize) return;
    }
  }

  return {
    commit: (changes) => store.commit(changes, { fence }),
    async nextUid() {
      const value = await store.get(nextUidKey);
      return typeof value === "number" ? value : 1;
    },
    async isEmpty() {
      return (await store.list({ prefix: "", limit: 1 })).length === 0;
    },
    async *registrations() {
      for await (const { key, value } of pages("registration/")) {
        const row = soundRegistration(key, value);
        if (row !== null) yield row;
      }
    },
    async damaged() {
      const uids: number[] = [];
      for await (const { key, value } of pages("registration/")) {
        if (soundRegistration(key, value) === null) uids.push(Number(key.split("/")[1]));
      }
      return uids;
    },
    async quarantine(uid) {
      const changes: JournalChange[] = [dropRegistration(uid), dropRecords(uid)];
      for (const prefix of [registrationKey(uid), recordsPrefix(uid)]) {
        for await (const { key, value } of pages(prefix))
          changes.push({ type: "put", key: `quarantine/${key}`, value });
      }
      return changes;
    },
    async registration(uid) {
      const value = await store.get(registrationKey(uid));
      return value === null ? null : registrationRow(registrationKey(uid), value);
    },
    async records(uid, from, limit) {
      const after = from === 0 ? undefined : recordKey(uid, from - 1);
      const page = await store.list({ prefix: recordsPrefix(uid), after, limit });
      return page.map(({ key, value }) => recordRow(key, value));
    },
    async record(uid, index) {
      const value = await store.get(recordKey(uid, index));
      return value === null ? null : recordRow(recordKey(uid, index), value);
    },
    async uidOfRecordsFrom(uid) {
      const [first] = await store.list({ prefix: "record/", after: recordsPrefix(uid), limit: 1 });
      return first === undefined ? null : Number(first.key.split("/")[1]);
    },
  };
}

/** What rows lack that were written before these fields were there: version 1 may grow, not change (docs/adr/0008). */
const registrationGrowth = { pausable: true, priority: "auto", retry: null } as const;
const recordGrowth = { settings: {}, integrity: "", refusal: null, deadline: null, kept: null } as const;

const registrationRow = (key: string, value: JournalValue): RegistrationRow => ({
  ...registrationGrowth,
  ...read<RegistrationRow>(key, value),
});

/** @throws LonghaulError `LONGHAUL_JOURNAL_NEWER`: that is no damage. */
function soundRegistration(key: string, value: JournalValue): RegistrationRow | null {
  const isRow = typeof value === "object" && value !== null;
  const row = isRow && typeof (value as { readonly v?: unknown }).v === "number" ? registrationRow(key, value) : null;
  return isRegistrationRow(row) && registrationKey(row.uid) === key ? row : null;
}

/** One that is damaged stands for a record that nobody can fetch any more, so that its registration comes to an end (I11). */
function recordRow(key: string, value: JournalValue): RecordRow {
  try {
    return { ...recordGrowth, ...read<RecordRow>(key, value) };
  } catch (error) {
    if (!isLonghaulError(error) || error.code !== "LONGHAUL_JOURNAL_CORRUPT") throw error;
    return { ...blankRecord, index: Number(key.split("/")[2]), url: "damaged:", method: "GET", headers: [] };
  }
}

// An interface has no index signature, so TypeScript does not see that a row is JSON.
const put = (key: string, row: RegistrationRow | RecordRow): JournalChange => ({
  type: "put",
  key,
  value: row as unknown as JournalValue,
});

function read<Row extends { readonly v: 1 }>(key: string, value: JournalValue): Row {
  const version = (value as { readonly v?: unknown } | null)?.v;
  if (version === 1) return value as unknown as Row;
  if (typeof version === "number") {
    throw new LonghaulError("LONGHAUL_JOURNAL_NEWER", `Row ${key} has version ${version}; this longhaul reads 1`);
  }
  throw new LonghaulError("LONGHAUL_JOURNAL_CORRUPT", `Row ${key} is not a row of longhaul`);
}

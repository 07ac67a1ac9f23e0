import type { StoreReader } from "../adapters/node/index.ts";
import type { RegistrationRow } from "../core/index.ts";
import { registrationWords } from "./registration-words.ts";

/** A download as `ls` and `show` tell of it; with `--json`, exactly this. */
export interface Listing {
  readonly id: string;
  readonly title: string;
  /** In words: `downloading`, `offline, waiting`, `paused`, `stopped`, `failed`, `aborted`, `complete`. */
  readonly state: string;
  readonly failureReason: string | null;
  readonly records: { readonly count: number; readonly settled: number; readonly succeeded: number };
  readonly downloaded: number;
  /** Bytes of all bodies; `null` while not known. */
  readonly total: number | null;
  /** ISO 8601. */
  readonly started: string;
}

/** States of registrations in the process that runs the store, by id. */
export type LiveStates = { readonly [id: string]: string };

/** More than this many records are not added up: listing must stay quick. */
const fewRecords = 100;

export async function listingOf(row: RegistrationRow, reader: StoreReader, live: LiveStates): Promise<Listing> {
  const { id, title, failureReason, downloaded, createdAt, settled, succeeded } = row;
  return {
    id,
    title,
    state: stateOf(row, live[id]),
    failureReason,
    records: { count: row.records, settled, succeeded },
    downloaded,
    total: await totalOf(row, reader),
    started: new Date(createdAt).toISOString(),
  };
}

/** `stopped`: nobody paused it, and no process runs it: the one that did has died. */
function stateOf({ phase, paused, failureReason }: RegistrationRow, live: string | undefined): string {
  if (phase === "active") return live === undefined ? (paused ? "paused" : "stopped") : registrationWords(live);
  if (failureReason === null) return "complete";
  return failureReason === "aborted" ? "aborted" : "failed";
}

async function totalOf(row: RegistrationRow, reader: StoreReader): Promise<number | null> {
  const { phase, failureReason, downloaded, records, retained, uid } = row;
  if (phase !== "active" && failureReason === null) return downloaded;
  if (records > fewRecords || (phase === "released" && !retained)) return null;
  let sum = 0;
  for (const { generation } of await reader.records(uid, 0, records)) {
    const total = generation?.representation.total ?? null;
    if (total === null) return null;
    sum += total;
  }
  return sum;
}

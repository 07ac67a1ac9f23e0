import type { Generation, RecordRow } from "../models/record-row.ts";
import { storedLength } from "../models/record-row.ts";
import type { ImageResource, RegistrationRow } from "../models/registration-row.ts";
import type { EngineServices } from "./engine-services.ts";
import type { RequestDraft } from "./intake.ts";
import { dropRecords, dropRegistration, putNextUid, putRecord, putRegistration } from "./journal.ts";
import { removeBodies } from "./release.ts";
import { spool } from "./spool.ts";

/** What a `fetch()` asked for, checked and resolved. */
export interface Admission {
  readonly uid: number;
  readonly id: string;
  readonly drafts: readonly RequestDraft[];
  readonly title: string;
  readonly icons: readonly ImageResource[];
  readonly downloadTotal: number;
  /** For each request where its finished body goes, `null` to keep it in the store. */
  readonly destinations: readonly (string | null)[];
  readonly replace: boolean;
  /** A failed registration of the same id whose bytes are to be used. */
  readonly predecessor: RegistrationRow | null;
}

/** Rows in one commit. The registration's own row comes last: records without it are garbage after a crash. */
const batchSize = 5_000;

/** Make a registration durable. Nothing of it can be seen before it is whole. */
export async function admit(services: EngineServices, admission: Admission): Promise<RegistrationRow> {
  const { journal, ports } = services;
  const { uid, drafts, predecessor } = admission;
  const inherited = predecessor === null ? new Map<string, RecordRow>() : await recordsByUrl(services, predecessor);
  let uploadTotal = 0;
  let downloaded = 0;
  let rows: RecordRow[] = [];
  for (const [index, draft] of drafts.entries()) {
    const requestBody = draft.body === null ? null : await spool(services, draft.body);
    uploadTotal += requestBody?.length ?? 0;
    const row: RecordRow = {
      ...blank,
      index,
      url: draft.url,
      method: draft.method,
      headers: draft.headers,
      requestBody,
      destination: admission.destinations[index] ?? null,
      replace: admission.replace,
      ...takeOver(inherited, draft),
    };
    downloaded += storedLength(row);
    rows.push(row);
    if (rows.length < batchSize) continue;
    await journal.commit(rows.map((batched) => putRecord(uid, batched)));
    rows = [];
  }
  const row: RegistrationRow = {
    v: 1,
    uid,
    id: admission.id,
    title: admission.title,
    icons: admission.icons,
    downloadTotal: admission.downloadTotal,
    uploadTotal,
    createdAt: ports.clock.now(),
    phase: "active",
    paused: false,
    failureReason: null,
    records: drafts.length,
    settled: 0,
    succeeded: 0,
    downloaded,
    uploaded: 0,
    cursor: 0,
    retained: false,
  };
  const forget = predecessor === null ? [] : [dropRecords(predecessor.uid), dropRegistration(predecessor.uid)];
  await journal.commit([
    ...rows.map((batched) => putRecord(uid, batched)),
    putRegistration(row),
    putNextUid(uid + 1),
    ...forget,
  ]);
  await removeBodies(services, [...inherited.values()]);
  return row;
}

const blank = {
  v: 1,
  state: "pending",
  failure: null,
  response: null,
  generation: null,
  sent: false,
  movedOut: false,
  uploaded: 0,
} as const;

async function recordsByUrl(
  services: EngineServices,
  { uid, records }: RegistrationRow,
): Promise<Map<string, RecordRow>> {
  const byUrl = new Map<string, RecordRow>();
  for (let from = 0; from < records; from += batchSize) {
    for (const row of await services.journal.records(uid, from, batchSize)) byUrl.set(row.url, row);
  }
  return byUrl;
}

/** What the predecessor stored of the same resource. Taken out of `inherited`: what remains there is nobody's. */
function takeOver(
  inherited: Map<string, RecordRow>,
  draft: RequestDraft,
): { readonly generation: Generation; readonly response: RecordRow["response"] } | undefined {
  const before = inherited.get(draft.url);
  if (before === undefined || draft.method !== "GET" || before.method !== "GET") return undefined;
  if (before.generation === null || before.movedOut) return undefined;
  inherited.delete(draft.url);
  return { generation: before.generation, response: before.response };
}

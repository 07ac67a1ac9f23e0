import { blankRecord, type RecordRow, storedLength } from "../models/record-row.ts";
import type { FetchPriority, ImageResource, RegistrationRow } from "../models/registration-row.ts";
import type { RetryPolicy } from "../models/retry-policy.ts";
import type { EngineServices } from "./engine-services.ts";
import { type Inheritance, inheritanceOf } from "./inheritance.ts";
import type { RequestDraft } from "./intake.ts";
import { dropRecords, dropRegistration, putNextUid, putRecord, putRegistration } from "./journal.ts";
import { removeBodies } from "./release.ts";
import { spoolBodies } from "./spool.ts";

/** What a `fetch()` asked for, checked and resolved. */
export interface Asked {
  readonly id: string;
  readonly drafts: readonly RequestDraft[];
  readonly title: string;
  readonly icons: readonly ImageResource[];
  readonly downloadTotal: number;
  /** For each request where its finished body goes, `null` to keep it in the store. */
  readonly destinations: readonly (string | null)[];
  readonly replace: boolean;
  /** For each request, as Subresource Integrity has it; `""` for none. */
  readonly integrity: readonly string[];
  readonly priority: FetchPriority;
  readonly retry: RetryPolicy | null;
  /** Whether it starts paused, until the user lets it go on. */
  readonly paused: boolean;
}

export interface Admission extends Asked {
  readonly uid: number;
  /** What no fetch has been given yet; not `uid + 1`, as another may have been taken in meanwhile. */
  nextUid(): number;
  /** A failed registration of the same id whose bytes are to be used. */
  readonly predecessor: RegistrationRow | null;
}

/** Rows in one commit. The registration's own row comes last: records without it are garbage after a crash. */
const batchSize = 5_000;

/** Make a registration durable. Nothing of it can be seen before it is whole, and nothing is left if it fails. */
export async function admit(services: EngineServices, admission: Admission): Promise<RegistrationRow> {
  const inheritance = await inheritanceOf(services, admission.predecessor);
  const spooled: string[] = [];
  try {
    const row = await store(services, admission, inheritance, spooled);
    const unwanted = inheritance.rest();
    // The fetch is durable: what cannot be removed now is removed at the next start.
    await removeBodies(services, unwanted).catch((error: unknown) => tell(services, error, "removing outdated bodies"));
    return row;
  } catch (error) {
    await withdraw(services, admission.uid, spooled).catch((fault: unknown) =>
      tell(services, fault, "removing what was stored of a refused fetch"),
    );
    throw error;
  }
}

function tell({ events }: EngineServices, error: unknown, during: string): void {
  events.emit("fault", { error, during });
}

async function withdraw({ journal, ports }: EngineServices, uid: number, bodyIds: readonly string[]): Promise<void> {
  await journal.commit([dropRecords(uid)]);
  for (const bodyId of bodyIds) await ports.bodies.remove(bodyId);
}

async function store(
  services: EngineServices,
  admission: Admission,
  inheritance: Inheritance,
  spooled: string[],
): Promise<RegistrationRow> {
  const { journal, ports } = services;
  const { uid, drafts, predecessor } = admission;
  const bodies = await spoolBodies(
    services,
    drafts.map(({ body }) => body),
    (bodyId) => spooled.push(bodyId),
  );
  let uploadTotal = 0;
  let downloaded = 0;
  let rows: RecordRow[] = [];
  for (const [index, draft] of drafts.entries()) {
    const requestBody = bodies.get(index) ?? null;
    uploadTotal += requestBody?.length ?? 0;
    const row: RecordRow = {
      ...blankRecord,
      index,
      url: draft.url,
      method: draft.method,
      headers: draft.headers,
      requestBody,
      destination: admission.destinations[index] ?? null,
      replace: admission.replace,
      settings: draft.settings,
      integrity: admission.integrity[index] ?? "",
      ...inheritance.take(draft),
    };
    downloaded += storedLength(row);
    rows.push(row);
    if (rows.length < batchSize) continue;
    await journal.commit(rows.map((batched) => putRecord(uid, batched)));
    services.closing.throwIfAborted();
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
    paused: admission.paused,
    failureReason: null,
    records: drafts.length,
    settled: 0,
    succeeded: 0,
    downloaded,
    uploaded: 0,
    cursor: 0,
    retained: false,
    pausable: drafts.every(({ method }) => method === "GET"),
    priority: admission.priority,
    retry: admission.retry,
  };
  const forget = predecessor === null ? [] : [dropRecords(predecessor.uid), dropRegistration(predecessor.uid)];
  await journal.commit([
    ...rows.map((batched) => putRecord(uid, batched)),
    putRegistration(row),
    putNextUid(admission.nextUid()),
    ...forget,
  ]);
  return row;
}

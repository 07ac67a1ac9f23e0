import { readdirSync } from "node:fs";
import { join } from "node:path";
import { AlwaysGranted, AlwaysOnline, SilentNotifier } from "../../adapters/memory/index.ts";
import {
  DiskQuota,
  FileBodyStore,
  NodeClock,
  NodeCodings,
  NodeDigests,
  NodeRandom,
  SqliteJournalStore,
  SqliteLock,
} from "../../adapters/node/index.ts";
import { createEngine, type Engine, type EngineOptions } from "../../core/index.ts";
import type { EnginePorts, JournalRow, Transport } from "../../core/ports/index.ts";
import type { RecordRow } from "../../models/record-row.ts";
import type { RegistrationRow } from "../../models/registration-row.ts";
import { filesIn, stampsIn } from "./folder-contents.ts";
import { otherFolder, storeFolder } from "./scenario.ts";

/** An engine on a store of this process's working folder, with the real adapters. */
export interface RestoredStore {
  readonly engine: Engine;
  readonly ports: EnginePorts;
  /** What broke; nothing may. */
  readonly faults: readonly string[];
}

export async function restoreStore(transport: Transport, options: EngineOptions): Promise<RestoredStore> {
  const directory = join(process.cwd(), storeFolder);
  const ports: EnginePorts = {
    transport,
    bodies: await FileBodyStore.open({ directory }),
    journal: await SqliteJournalStore.open({ directory }),
    lock: new SqliteLock({ directory }),
    codings: new NodeCodings(),
    connectivity: new AlwaysOnline(),
    clock: new NodeClock(),
    random: new NodeRandom(),
    permission: new AlwaysGranted(),
    quota: new DiskQuota({ directory }),
    notifier: new SilentNotifier(),
    digests: new NodeDigests(),
  };
  const faults: string[] = [];
  const engine = await createEngine(ports, options);
  engine.events.on("fault", ({ error, during }) => faults.push(`${during}: ${String(error)}`));
  return { engine, ports, faults };
}

/** All rows, and every file that is not the journal's own. */
export interface StoreContents {
  readonly rows: readonly JournalRow[];
  /** Their bytes by path, read when first asked for; good until the next contents are. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** The same as long as no row changes, and no file is touched. */
  readonly fingerprint: string;
}

export async function contentsOf({ journal }: EnginePorts): Promise<StoreContents> {
  const rows: JournalRow[] = [];
  for (const prefix of ["meta/", "record/", "registration/"])
    rows.push(...(await journal.list({ prefix, limit: 1_000 })));
  let files: ReadonlyMap<string, Buffer> | null = null;
  return {
    rows,
    get files() {
      files ??= filesIn(folders);
      return files;
    },
    fingerprint: JSON.stringify([rows, stampsIn(folders)]),
  };
}

const folders = ["out", `${otherFolder}/`, `${storeFolder}/bodies`];

export function registrationsOf({ rows }: Pick<StoreContents, "rows">): readonly RegistrationRow[] {
  return rows.flatMap(({ key, value }) =>
    key.startsWith("registration/") ? [value as unknown as RegistrationRow] : [],
  );
}

/** The records of a registration, by their index. */
export function recordsOf({ rows }: Pick<StoreContents, "rows">, uid: number): ReadonlyMap<number, RecordRow> {
  const own = rows.filter(({ key }) => key.startsWith("record/") && Number(key.split("/")[1]) === uid);
  return new Map(own.map(({ value }) => value as unknown as RecordRow).map((row) => [row.index, row]));
}

/** The bodies that rows name and that the store still has to have. */
function bodiesNamedIn({ rows }: Pick<StoreContents, "rows">): ReadonlySet<string> {
  const records = rows.filter(({ key }) => key.startsWith("record/")).map(({ value }) => value as unknown as RecordRow);
  return new Set(
    records.flatMap(({ generation, requestBody, refusal }) =>
      [generation, requestBody, refusal].flatMap((body) => (body === null ? [] : [body.bodyId])),
    ),
  );
}

export function pathOfBody(bodyId: string): string {
  return `${storeFolder}/bodies/${bodyId.slice(0, 2)}/${bodyId}`;
}

/**
 * Wait until the engine has removed what an earlier run left behind, and settled what has nothing left to do.
 *
 * @throws Error if it does not.
 */
export async function whenQuiet(ports: EnginePorts): Promise<void> {
  for (let turn = 0; turn < 2_000; turn += 1) {
    const rows = await ports.journal.list({ prefix: "record/", limit: 1_000 });
    const registrations = registrationsOf({
      rows: await ports.journal.list({ prefix: "registration/", limit: 1_000 }),
    });
    const held = new Set(registrations.filter(({ phase }) => phase !== "released").map(({ uid }) => uid));
    const named = bodiesNamedIn({ rows });
    const stray = namesIn(`${storeFolder}/bodies`).filter((bodyId) => !named.has(bodyId));
    const ending = registrations.some(({ phase, settled, records }) => phase === "active" && settled === records);
    if (!ending && stray.length === 0 && rows.every(({ key }) => held.has(Number(key.split("/")[1])))) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error("What an earlier run left behind stays");
}

/** The ids of the bodies, also of those of which only a note is left. */
function namesIn(folder: string): readonly string[] {
  const names = readdirSync(folder).flatMap((shard) => readdirSync(join(folder, shard)));
  return names.map((name) => name.replace(/\.note$/, ""));
}

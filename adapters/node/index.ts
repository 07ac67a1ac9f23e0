import { createEngine, type Engine } from "../../core/engine.ts";
import { readStore as read, type StoreReader } from "../../core/index.ts";
import type { EngineOptions } from "../../core/options.ts";
import { isDamage } from "./journal-error.ts";
import { type NodePortsOptions, openNodePorts } from "./node-ports.ts";
import { identityOf, setJournalAside } from "./set-aside.ts";
import { SqliteJournalStore } from "./sqlite-journal-store.ts";

export type { StoreReader } from "../../core/index.ts";
export { DiskQuota } from "./disk-quota.ts";
export { FileBodyStore } from "./file-body-store.ts";
export { NodeClock } from "./node-clock.ts";
export { NodeCodings } from "./node-codings.ts";
export { NodeConnectivity } from "./node-connectivity.ts";
export { NodeDigests } from "./node-digests.ts";
export { NodeRandom } from "./node-random.ts";
export { SqliteJournalStore } from "./sqlite-journal-store.ts";
export { SqliteLock } from "./sqlite-lock.ts";
export { UndiciTransport, type UndiciTransportOptions } from "./undici-transport.ts";

/** How an engine on Node behaves, and where it keeps things. */
export interface NodeEngineOptions extends EngineOptions, Omit<NodePortsOptions, "perOrigin"> {}

/**
 * Open an engine on Node: undici, bodies in files, rows in SQLite, the operating system's word on the network.
 *
 * A database that is damaged is put aside, never deleted, and what the bodies' sidecars prove is taken up again:
 * {@link Engine.salvage} tells.
 *
 * @throws LonghaulError `LONGHAUL_LOCK_HELD` if another process runs the store; `LONGHAUL_JOURNAL_DENIED` if the folder
 * cannot be written; `LONGHAUL_JOURNAL_NEWER` if a newer longhaul wrote it.
 */
export async function openEngine(options: NodeEngineOptions): Promise<Engine> {
  const { directory } = options;
  const seen = identityOf(directory);
  const ports = await openNodePorts(options);
  try {
    return await createEngine(ports, options, ports.setAside);
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  // Damage where only the engine reads: once, as a second time it would not be the file's fault.
  const setAside = await setJournalAside(directory, seen);
  const others = await openNodePorts(options);
  return createEngine(others, options, setAside ?? others.setAside);
}

/** Open the store in `directory` for reading only, also while another process runs it. Takes no lock. */
export async function readStore({ directory }: Pick<NodeEngineOptions, "directory">): Promise<StoreReader> {
  return read(await SqliteJournalStore.open({ directory, readOnly: true }));
}

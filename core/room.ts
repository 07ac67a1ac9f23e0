import { exchangeFailure } from "../models/exchange-failure.ts";
import { type Generation, type RecordRow, storedLength, storedOf } from "../models/record-row.ts";
import { isResumable } from "../models/representation.ts";
import { ExchangeFailed } from "./exchange-failed.ts";
import type { ExchangeRecord, ExchangeServices } from "./exchange-record.ts";
import type { Reception } from "./receive-body.ts";

/** With less, a body of unknown length is not worth a request. */
const leastRoom = 1024 * 1024;

/**
 * See that a response's body can be stored before its first byte is (F2). Short ones are not worth the question.
 *
 * What is stored of other generations is the first thing to do without.
 *
 * @throws ExchangeFailed `store-full`
 */
export async function assertRoomFor(
  services: ExchangeServices,
  record: ExchangeRecord,
  { bodyId, length, skip }: Reception,
): Promise<void> {
  const needed = (length ?? 0) - skip;
  if (needed < services.options.checkpointBytes) return;
  const available = await availableIn(services);
  if (available >= needed) return;
  if (available + storedBeside(record.row(), bodyId) >= needed) {
    await record.makeRoom(bodyId);
    if ((await availableIn(services)) >= needed) return;
  }
  record.rememberNeed(needed);
  throw full(available, needed);
}

/**
 * After the store was full: ask it for room before the server is asked for bytes.
 *
 * @throws ExchangeFailed `store-full`
 */
export async function assertRoomForRest(services: ExchangeServices, record: ExchangeRecord): Promise<void> {
  const { generation, kept } = record.row();
  const total = generation?.representation.total ?? null;
  const rest = total === null ? leastRoom : total - storedLength(record.row());
  const needed = record.needed() ?? rest;
  const available = await availableIn(services);
  if (available >= needed) return;
  const isOfUse = generation !== null && isResumable(generation.representation);
  if (isOfUse && kept !== null && available + storedOf(kept.generation) >= needed) {
    return record.makeRoom(generation.bodyId);
  }
  // What cannot be gone on with goes when its successor begins.
  if (generation !== null && !isOfUse && available + storedOf(generation) >= needed) return;
  throw full(available, needed);
}

function storedBeside({ generation, kept }: RecordRow, bodyId: string): number {
  const size = (of: Generation | undefined | null): number => (of == null || of.bodyId === bodyId ? 0 : storedOf(of));
  return size(generation) + size(kept?.generation);
}

async function availableIn({ ports }: ExchangeServices): Promise<number> {
  // What cannot be known is found out by trying.
  const { available } = await ports.quota.estimate().catch(() => ({ available: null }));
  return available ?? Number.POSITIVE_INFINITY;
}

function full(available: number, needed: number): ExchangeFailed {
  const detail = `The store has room for ${available} bytes, and ${needed} are needed`;
  return new ExchangeFailed(exchangeFailure("store-full", detail, { reason: "quota-exceeded", retryable: false }));
}

import { exchangeFailure } from "../models/exchange-failure.ts";
import { type RecordRow, storedLength } from "../models/record-row.ts";
import { ExchangeFailed } from "./exchange-failed.ts";
import type { ExchangeRecord, ExchangeServices } from "./exchange-record.ts";
import type { Reception } from "./receive-body.ts";

/** With less, a body of unknown length is not worth a request. */
const leastRoom = 1024 * 1024;

/**
 * See that a response's body can be stored before its first byte is (F2). Short ones are not worth the question.
 *
 * @throws ExchangeFailed `store-full`
 */
export async function assertRoomFor(
  services: ExchangeServices,
  record: ExchangeRecord,
  { length, skip }: Reception,
): Promise<void> {
  const needed = (length ?? 0) - skip;
  if (needed < services.options.checkpointBytes) return;
  const available = await availableIn(services);
  if (available >= needed) return;
  // What an answer of another representation left is the first thing to do without.
  if ((await record.dropKept()) && (await availableIn(services)) >= needed) return;
  throw full(available, needed);
}

/**
 * After the store was full: ask it for room before the server is asked for bytes.
 *
 * @throws ExchangeFailed `store-full`
 */
export async function assertRoomForRest(services: ExchangeServices, row: RecordRow): Promise<void> {
  const total = row.generation?.representation.total ?? null;
  const needed = total === null ? leastRoom : total - storedLength(row);
  const available = await availableIn(services);
  if (available < needed) throw full(available, needed);
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

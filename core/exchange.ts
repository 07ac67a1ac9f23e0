import { catchError, concat, defer, type Observable, of } from "rxjs";
import type { ExchangeInput, RecordEvent } from "../models/record.machine.ts";
import { type Generation, isWhole, type RecordRow } from "../models/record-row.ts";
import { servedIntegrity } from "../models/repr-digest.ts";
import { originOf } from "../models/url-origin.ts";
import { isLonghaulError } from "./errors.ts";
import { examineStored } from "./examine-stored.ts";
import { ExchangeFailed } from "./exchange-failed.ts";
import type { ExchangeRecord, ExchangeServices } from "./exchange-record.ts";
import { failureOf } from "./failure-of.ts";
import { fromAbortable } from "./from-abortable.ts";
import { type Attempt, neverTwice, obtain } from "./obtain.ts";
import { assertRoomForRest } from "./room.ts";
import { verifyBody } from "./verify-body.ts";

/**
 * One attempt at the rest of a record, as the events that the record's chart understands.
 *
 * Never errors: whatever goes wrong becomes an `exchange.failed` event. Unsubscribing aborts; what was received by
 * then is still made durable.
 */
export function exchange(
  services: ExchangeServices,
  record: ExchangeRecord,
  input: ExchangeInput,
): Observable<RecordEvent> {
  const { random, connectivity, clock } = services.ports;
  return concat(
    defer(() =>
      fromAbortable<RecordEvent>((signal, emit) =>
        record.afterEarlier(() => attempt(services, record, { ...input, signal, emit })),
      ),
    ),
    of<RecordEvent>({ type: "exchange.completed" }),
  ).pipe(
    catchError((error: unknown) => {
      const failure = failureOf(error);
      if (failure.code === "store-failed") record.distrust();
      const origin = originOf(record.row().url);
      if (failure.unreachable && !services.heard.fromAnother(origin)) connectivity.suspect(origin);
      return of<RecordEvent>({ type: "exchange.failed", failure, chance: random.next(), nowMs: clock.now() });
    }),
  );
}

async function attempt(services: ExchangeServices, record: ExchangeRecord, options: Attempt): Promise<void> {
  const { ports } = services;
  await examineStored(ports, record, options.signal);
  const first = record.row();
  if (options.wasFull) await assertRoomForRest(services, record);
  if (first.generation === null || !isWhole(first.generation)) {
    if (first.sent) throw new ExchangeFailed(neverTwice);
    await obtain(services, record, options);
  }
  const { generation, destination, movedOut } = record.row();
  if (generation === null || movedOut) return;
  record.enter("storing");
  await verify(services, record, generation, options.signal);
  if (destination === null) return;
  options.signal.throwIfAborted();
  try {
    await ports.bodies.moveOut(generation.bodyId, destination, moveOptions(record.row()));
  } catch (error) {
    // Gone, and not to where it should be (F8): what is left is to fetch it again.
    if (isLonghaulError(error) && error.code === "LONGHAUL_BODY_MISSING") await record.discardGeneration();
    throw error;
  }
  record.rememberMoved();
}

/**
 * By the caller's integrity metadata, or else by what the server said (B18).
 *
 * @throws ExchangeFailed; the bytes are gone then, and may be asked for once more.
 */
async function verify(
  { ports }: ExchangeServices,
  record: ExchangeRecord,
  generation: Generation,
  signal: AbortSignal,
): Promise<void> {
  const { integrity, destination, response } = record.row();
  const metadata = integrity === "" && response !== null ? servedIntegrity(response) : integrity;
  if (metadata === "") return;
  // A body that is gone was moved out before a restart, and verified before that.
  if (destination !== null && (await ports.bodies.size(generation.bodyId)) === null) return;
  const mismatch = await verifyBody(ports, generation, metadata, signal);
  if (mismatch === null) return;
  const times = await record.discardGeneration();
  throw new ExchangeFailed({ ...mismatch, retryable: times === 1 });
}

const moveOptions = (row: RecordRow): { readonly replace: boolean; readonly length: number } => ({
  replace: row.replace,
  length: row.generation?.representation.total ?? 0,
});

import { catchError, concat, defer, type Observable, of } from "rxjs";
import { contiguousFrom } from "../models/byte-range.ts";
import { type ExchangeFailure, exchangeFailure } from "../models/exchange-failure.ts";
import type { ExchangeInput, RecordEvent } from "../models/record.machine.ts";
import {
  type Generation,
  isRepeatable,
  isWhole,
  type RecordRow,
  type Refusal,
  type ResponseHead,
} from "../models/record-row.ts";
import { isResumable } from "../models/representation.ts";
import { isRealProgress } from "../models/retry-policy.ts";
import { originOf } from "../models/url-origin.ts";
import type { ConnectionSlots } from "./connection-slots.ts";
import { ExchangeFailed } from "./exchange-failed.ts";
import { failureOf } from "./failure-of.ts";
import { fromAbortable } from "./from-abortable.ts";
import { sendProvided } from "./header-provider.ts";
import type { Heard } from "./heard.ts";
import { keepRefusal } from "./keep-refusal.ts";
import type { ResolvedOptions } from "./options.ts";
import type { EnginePorts } from "./ports/engine-ports.ts";
import type { TransportRequestBody } from "./ports/transport.ts";
import { receiveBody } from "./receive-body.ts";
import { receptionOf } from "./reception.ts";
import { headOf } from "./response-head.ts";
import { discard } from "./send-request.ts";
import { verifyBody } from "./verify-body.ts";

/** How far an exchange is: waiting for a connection, for an answer, for bytes, or for the store. */
export type ExchangeStep = "connecting" | "asking" | "receiving" | "storing";

/** What an exchange may know of, and do to, the record it is for. */
export interface ExchangeRecord {
  row(): RecordRow;
  /** For whoever asks why nothing moves. */
  enter(step: ExchangeStep): void;
  /** Commit what is stored for good, and report the receipt. */
  checkpoint(generation: Generation, head: ResponseHead, emit: (event: RecordEvent) => void): Promise<void>;
  /** The response that fails the record, should it fail now: stored, but committed only with the record's end. */
  rememberRefusal(refusal: Refusal): void;
  rememberSent(): Promise<void>;
  rememberMoved(): void;
  /** The bytes stored are not what was asked for: let them go. How often that has happened. */
  discardGeneration(): Promise<number>;
  /** Whoever waits for the response may have its head, and its bytes as they become durable. */
  announce(arriving: Pick<RecordRow, "response" | "generation"> | null): void;
  rememberUploaded(bytes: number): void;
  /** After how many failed exchanges in a row the next failure is the last. */
  readonly retryLimit: number;
  /** How many bytes of a body may be stored at most, by what the other records of the registration leave of `downloadTotal`. */
  allowance(): number;
  /** Run `work` after every earlier exchange of this record has put its things in order. */
  afterEarlier(work: () => Promise<void>): Promise<void>;
}

export interface ExchangeServices {
  readonly ports: EnginePorts;
  readonly options: ResolvedOptions;
  readonly slots: ConnectionSlots;
  readonly heard: Heard;
  /** Aborted once the engine is closing, with the error that tells so. */
  readonly closing: AbortSignal;
  newBodyId(): string;
}

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
      const origin = originOf(record.row().url);
      if (failure.unreachable && !services.heard.fromAnother(origin)) connectivity.suspect(origin);
      return of<RecordEvent>({ type: "exchange.failed", failure, chance: random.next(), nowMs: clock.now() });
    }),
  );
}

interface Attempt extends ExchangeInput {
  readonly signal: AbortSignal;
  emit(event: RecordEvent): void;
}

async function attempt(services: ExchangeServices, record: ExchangeRecord, options: Attempt): Promise<void> {
  const { ports } = services;
  const first = record.row();
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
  await ports.bodies.moveOut(generation.bodyId, destination, moveOptions(record.row()));
  record.rememberMoved();
}

/** @throws ExchangeFailed; the bytes are gone then, and may be asked for once more. */
async function verify(
  { ports }: ExchangeServices,
  record: ExchangeRecord,
  generation: Generation,
  signal: AbortSignal,
): Promise<void> {
  const { integrity, destination } = record.row();
  if (integrity === "") return;
  // A body that is gone was moved out before a restart, and verified before that.
  if (destination !== null && (await ports.bodies.size(generation.bodyId)) === null) return;
  const mismatch = await verifyBody(ports, generation, integrity, signal);
  if (mismatch === null) return;
  const times = await record.discardGeneration();
  throw new ExchangeFailed({ ...mismatch, retryable: times === 1 });
}

/** Ask until an answer can be used: at most once for the rest, and once for the whole. */
async function obtain(services: ExchangeServices, record: ExchangeRecord, options: Attempt): Promise<void> {
  const origin = originOf(record.row().url);
  let outcome: Outcome = { stored: await resumable(services.ports, record.row()), done: false };
  while (!outcome.done) {
    record.enter("connecting");
    const release = await services.slots.acquire(origin, options.signal);
    record.enter("asking");
    try {
      outcome = await ask(services, record, outcome.stored, { ...options, release });
    } finally {
      release();
    }
  }
}

/** What one answer brought: whether all is there, or else what to go on from. */
interface Outcome {
  readonly done: boolean;
  readonly stored: Generation | null;
}

interface AskOptions extends Attempt {
  /** Called as soon as the last byte has come: another exchange may have the connection while ours is made durable. */
  release(): void;
}

async function ask(
  services: ExchangeServices,
  record: ExchangeRecord,
  stored: Generation | null,
  { attempt, signal, release, emit }: AskOptions,
): Promise<Outcome> {
  const { ports, options, heard, newBodyId } = services;
  const row = record.row();
  signal.throwIfAborted();
  if (!isRepeatable(row)) {
    // First the chart, which from now on neither pauses nor waits: the row may be in the journal before we know it.
    emit({ type: "exchange.sent" });
    await record.rememberSent();
  }
  const offset = stored === null ? 0 : contiguousFrom(stored.received, 0);
  const asked = {
    offset,
    end: null,
    stored: stored?.representation ?? null,
    method: row.method,
    heldType: heldType(row),
  };
  const { response, verdict } = await sendProvided(ports, options, row, asked, {
    signal,
    userAgent: options.userAgent,
    body: requestBody(ports, row),
    onUploadProgress: (bytes) => record.rememberUploaded(bytes),
  });
  heard.note(originOf(row.url));
  const head = headOf(response, row.url);
  if (verdict.type === "append" || verdict.type === "restart") {
    const allowance = record.allowance();
    const reception = receptionOf(verdict, { stored, firstHead: row.response ?? head, head, allowance, newBodyId });
    const checkpoint = (generation: Generation) => record.checkpoint(generation, reception.head, emit);
    record.enter("receiving");
    const { bodyId, representation } = reception;
    if (reception.received === null) {
      record.announce({ response: reception.head, generation: { bodyId, representation, received: [] } });
    }
    try {
      await receiveBody(ports, options, reception, response, checkpoint, release);
    } finally {
      record.announce(null);
    }
    const rest = wanting(record.row().generation, offset);
    if (rest !== null && !isRepeatable(row)) throw new ExchangeFailed(neverTwice);
    return { done: rest === null, stored: rest };
  }
  if (verdict.type === "failed" && isLast(record, verdict.failure, attempt)) {
    record.rememberRefusal(await keepRefusal(services, head, response, record.allowance()));
    throw new ExchangeFailed(verdict.failure);
  }
  await discard(response);
  if (verdict.type === "ask-again-whole" && stored !== null) return { done: false, stored: null };
  if (verdict.type === "complete" && stored !== null) {
    const representation = { ...stored.representation, total: verdict.total };
    await record.checkpoint({ ...stored, representation }, row.response ?? head, emit);
    return { done: true, stored };
  }
  throw new ExchangeFailed(verdict.type === "failed" ? verdict.failure : uselessAnswer(response.status));
}

function heldType({ generation, response }: RecordRow): string | null {
  if (generation === null || response === null || generation.received.length === 0) return null;
  return response.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
}

/** Whether a status ends the record: then its response is kept. */
function isLast(record: ExchangeRecord, failure: ExchangeFailure, attempt: number): boolean {
  if (failure.reason !== "bad-status") return false;
  return !isRepeatable(record.row()) || !failure.retryable || attempt >= record.retryLimit;
}

/** The stored bytes, if another response may continue them: their validator is strong, and they are all there. */
async function resumable(ports: EnginePorts, row: RecordRow): Promise<Generation | null> {
  const { generation } = row;
  if (generation === null || !isResumable(generation.representation)) return null;
  const size = await ports.bodies.size(generation.bodyId);
  const offset = contiguousFrom(generation.received, 0);
  return offset > 0 && size !== null && size >= offset ? generation : null;
}

/**
 * What to go on from when a server gave less than was asked for (A4), or nothing if all is there.
 *
 * @throws ExchangeFailed if it gave too little to ask again at once (C17).
 */
function wanting(generation: Generation | null, from: number): Generation | null {
  if (generation === null || isWhole(generation)) return null;
  const gained = contiguousFrom(generation.received, 0) - from;
  if (isResumable(generation.representation) && isRealProgress(gained, generation.representation.total)) {
    return generation;
  }
  throw new ExchangeFailed(exchangeFailure("incomplete", "The server sent less than the rest"));
}

function requestBody(ports: EnginePorts, row: RecordRow): TransportRequestBody | null {
  if (row.requestBody === null) return null;
  const { bodyId, length } = row.requestBody;
  return { length, stream: () => ports.bodies.read(bodyId, { start: 0, end: length }) };
}

/** A crash or a cut after the request went out: whether the server acted on it cannot be known. */
const neverTwice: ExchangeFailure = exchangeFailure(
  "sent-before",
  "The request may have reached the server before, and its method must not be repeated",
  { retryable: false },
);

function uselessAnswer(status: number): ExchangeFailure {
  const detail = `The server's answer ${status} does not fit any request that was made`;
  return exchangeFailure("malformed", detail, { retryable: false, status });
}

const moveOptions = (row: RecordRow): { readonly replace: boolean; readonly length: number } => ({
  replace: row.replace,
  length: row.generation?.representation.total ?? 0,
});

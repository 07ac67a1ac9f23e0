import { catchError, concat, defer, type Observable, of } from "rxjs";
import { contiguousFrom } from "../models/byte-range.ts";
import { type ExchangeFailure, exchangeFailure } from "../models/exchange-failure.ts";
import type { RecordEvent } from "../models/record.machine.ts";
import { type Generation, isRepeatable, isWhole, type RecordRow, type ResponseHead } from "../models/record-row.ts";
import { isResumable } from "../models/representation.ts";
import type { ResponseVerdict } from "../models/response-verdict.ts";
import { isRealProgress } from "../models/retry-policy.ts";
import { originOf } from "../models/url-origin.ts";
import type { ConnectionSlots } from "./connection-slots.ts";
import { failureOf } from "./failure-of.ts";
import { fromAbortable } from "./from-abortable.ts";
import type { Heard } from "./heard.ts";
import type { ResolvedOptions } from "./options.ts";
import type { EnginePorts } from "./ports/engine-ports.ts";
import type { TransportRequestBody, TransportResponse } from "./ports/transport.ts";
import { receiveBody } from "./receive-body.ts";
import { discard, sendRequest } from "./send-request.ts";

/** What an exchange may know of, and do to, the record it is for. */
export interface ExchangeRecord {
  row(): RecordRow;
  /** Commit what is stored for good, and report the receipt. */
  checkpoint(generation: Generation, head: ResponseHead, emit: (event: RecordEvent) => void): Promise<void>;
  rememberHead(head: ResponseHead): void;
  rememberSent(): Promise<void>;
  rememberMoved(): void;
  rememberUploaded(bytes: number): void;
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

/** A failure that is already in the chart's own words. */
class ExchangeFailed extends Error {
  readonly failure: ExchangeFailure;
  constructor(failure: ExchangeFailure) {
    super(failure.detail);
    this.failure = failure;
  }
}

/**
 * One attempt at the rest of a record, as the events that the record's chart understands.
 *
 * Never errors: whatever goes wrong becomes an `exchange.failed` event. Unsubscribing aborts; what was received by
 * then is still made durable.
 */
export function exchange(services: ExchangeServices, record: ExchangeRecord): Observable<RecordEvent> {
  const { random, connectivity } = services.ports;
  return concat(
    defer(() =>
      fromAbortable<RecordEvent>((signal, emit) => record.afterEarlier(() => attempt(services, record, signal, emit))),
    ),
    of<RecordEvent>({ type: "exchange.completed" }),
  ).pipe(
    catchError((error: unknown) => {
      const failure = error instanceof ExchangeFailed ? error.failure : failureOf(error);
      const origin = originOf(record.row().url);
      if (failure.unreachable && !services.heard.fromAnother(origin)) connectivity.suspect(origin);
      return of<RecordEvent>({ type: "exchange.failed", failure, chance: random.next() });
    }),
  );
}

async function attempt(
  services: ExchangeServices,
  record: ExchangeRecord,
  signal: AbortSignal,
  emit: (event: RecordEvent) => void,
): Promise<void> {
  const { ports } = services;
  const first = record.row();
  if (first.generation === null || !isWhole(first.generation)) {
    if (first.sent) throw new ExchangeFailed(neverTwice);
    await obtain(services, record, signal, emit);
  }
  const { generation, destination, movedOut } = record.row();
  if (destination === null || generation === null || movedOut) return;
  signal.throwIfAborted();
  await ports.bodies.moveOut(generation.bodyId, destination, moveOptions(record.row()));
  record.rememberMoved();
}

/** Ask until an answer can be used: at most once for the rest, and once for the whole. */
async function obtain(
  services: ExchangeServices,
  record: ExchangeRecord,
  signal: AbortSignal,
  emit: (event: RecordEvent) => void,
): Promise<void> {
  const origin = originOf(record.row().url);
  let outcome: Outcome = { stored: await resumable(services.ports, record.row()), done: false };
  while (!outcome.done) {
    const release = await services.slots.acquire(origin, signal);
    try {
      outcome = await ask(services, record, outcome.stored, { signal, release, emit });
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

interface AskOptions {
  readonly signal: AbortSignal;
  /** Called as soon as the last byte has come: another exchange may have the connection while ours is made durable. */
  release(): void;
  emit(event: RecordEvent): void;
}

async function ask(
  { ports, options, heard, newBodyId }: ExchangeServices,
  record: ExchangeRecord,
  stored: Generation | null,
  { signal, release, emit }: AskOptions,
): Promise<Outcome> {
  const row = record.row();
  if (!isRepeatable(row)) await record.rememberSent();
  const offset = stored === null ? 0 : contiguousFrom(stored.received, 0);
  const asked = { offset, end: null, stored: stored?.representation ?? null, method: row.method };
  const { response, verdict } = await sendRequest(ports.transport, row, asked, () => ports.clock.now(), {
    signal,
    userAgent: options.userAgent,
    body: requestBody(ports, row),
    onUploadProgress: (bytes) => record.rememberUploaded(bytes),
  });
  heard.note(originOf(row.url));
  const head = headOf(response, row.url);
  if (verdict.type === "append" || verdict.type === "restart") {
    const reception = receptionOf(verdict, stored, row.response ?? head, head, newBodyId);
    const checkpoint = (generation: Generation) => record.checkpoint(generation, reception.head, emit);
    await receiveBody(ports, options, reception, response, checkpoint, release);
    const rest = wanting(record.row().generation, offset);
    if (rest !== null && !isRepeatable(row)) throw new ExchangeFailed(neverTwice);
    return { done: rest === null, stored: rest };
  }
  await discard(response);
  if (verdict.type === "ask-again-whole" && stored !== null) return { done: false, stored: null };
  if (verdict.type === "complete" && stored !== null) {
    const representation = { ...stored.representation, total: verdict.total };
    await record.checkpoint({ ...stored, representation }, row.response ?? head, emit);
    return { done: true, stored };
  }
  // With bytes of an earlier answer in the store, its head is the one that belongs to them.
  if (row.generation === null) record.rememberHead(head);
  throw new ExchangeFailed(verdict.type === "failed" ? verdict.failure : uselessAnswer(response.status));
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

function receptionOf(
  verdict: Extract<ResponseVerdict, { readonly type: "append" | "restart" }>,
  stored: Generation | null,
  firstHead: ResponseHead,
  head: ResponseHead,
  newId: () => string,
): Parameters<typeof receiveBody>[2] {
  const { length, representation } = verdict;
  if (verdict.type === "append" && stored !== null) {
    const { offset, skip } = verdict;
    return { bodyId: stored.bodyId, received: stored.received, offset, skip, length, representation, head: firstHead };
  }
  return { bodyId: newId(), received: null, offset: 0, skip: 0, length, representation, head };
}

function headOf(response: TransportResponse, url: string): ResponseHead {
  const { status, statusText, headers } = response;
  return { status, statusText, headers: [...headers], url: response.url || url };
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

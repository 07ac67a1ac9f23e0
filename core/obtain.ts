import type { Ask } from "../models/ask.ts";
import { overlapOf } from "../models/ask.ts";
import { type DecodingPlan, planDecoding } from "../models/content-coding.ts";
import { type ExchangeFailure, exchangeFailure } from "../models/exchange-failure.ts";
import type { ExchangeInput, RecordEvent } from "../models/record.machine.ts";
import {
  type Generation,
  isRepeatable,
  isWhole,
  type KeptGeneration,
  type RecordRow,
  type ResponseHead,
  storedLength,
  storedOf,
} from "../models/record-row.ts";
import { isResumable } from "../models/representation.ts";
import { judgeResponse } from "../models/response-verdict.ts";
import { isRealProgress } from "../models/retry-policy.ts";
import { originOf } from "../models/url-origin.ts";
import { StoredDiffers } from "./compare-stored.ts";
import { ExchangeFailed } from "./exchange-failed.ts";
import type { ExchangeRecord, ExchangeServices } from "./exchange-record.ts";
import { sendProvided } from "./header-provider.ts";
import { keepRefusal } from "./keep-refusal.ts";
import { noting } from "./note-body.ts";
import type { EnginePorts } from "./ports/engine-ports.ts";
import type { TransportRequestBody, TransportResponse } from "./ports/transport.ts";
import { receiveBody } from "./receive-body.ts";
import { type BodyVerdict, receptionOf } from "./reception.ts";
import { headOf, withoutCoding } from "./response-head.ts";
import { assertRoomFor } from "./room.ts";
import { type Answer, discard } from "./send-request.ts";
import { isTransportError } from "./transport-error.ts";

/** One attempt, with the means to end it and to tell of it. */
export interface Attempt extends ExchangeInput {
  readonly signal: AbortSignal;
  emit(event: RecordEvent): void;
}

/** Ask until an answer can be used: for the rest of what is held, and once for the whole. */
export async function obtain(services: ExchangeServices, record: ExchangeRecord, options: Attempt): Promise<void> {
  const origin = originOf(record.row().url);
  let outcome: Outcome = { done: false, held: await heldOf(services.ports, record.row()), compared: false };
  while (!outcome.done) {
    record.enter("connecting");
    const release = await services.slots.acquire(origin, options.signal);
    record.enter("noting");
    try {
      outcome = await ask(services, record, outcome, { ...options, release });
    } finally {
      release();
    }
  }
}

/** What one answer brought: whether all is there, or else what to go on from. */
interface Outcome {
  readonly done: boolean;
  readonly held: KeptGeneration | null;
  /** Whether this exchange need not ask for bytes that are held any more: they were compared, or the server gives too few at a time. */
  readonly compared: boolean;
}

interface AskOptions extends Attempt {
  /** Called as soon as the last byte has come: another exchange may have the connection while ours is made durable. */
  release(): void;
}

async function ask(
  services: ExchangeServices,
  record: ExchangeRecord,
  { held, compared }: Outcome,
  options: AskOptions,
): Promise<Outcome> {
  const { ports, heard } = services;
  const row = record.row();
  options.signal.throwIfAborted();
  if (!isRepeatable(row)) {
    // First the chart, which from now on neither pauses nor waits: the row may be in the journal before we know it.
    options.emit({ type: "exchange.sent" });
    await record.rememberSent();
  }
  const asked = askFor(row, held, compared ? 0 : record.mostOverlap());
  const answer = await sendProvided(ports, services.options, row, asked, {
    signal: options.signal,
    userAgent: services.options.userAgent,
    body: requestBody(ports, row),
    onUploadProgress: (bytes) => record.rememberUploaded(bytes),
    onPrepare: () => record.enter("preparing"),
    onAsk: (url) => record.enterAsking(originOf(url)),
  });
  const { response } = answer;
  heard.note(originOf(row.url));
  const head = headOf(response, row.url);
  const { verdict, base } = await fit(ports, answer, { asked, held, kept: row.kept }).catch(async (error: unknown) => {
    await discard(response);
    throw error;
  });
  if (verdict.type === "append" || verdict.type === "restart") {
    return receive(services, record, { verdict, base, head, response, options });
  }
  if (verdict.type === "failed" && isLast(record, verdict.failure, options.attempt)) {
    record.enter("receiving");
    record.rememberRefusal(await keepRefusal(services, head, response, record.allowance()));
    throw new ExchangeFailed(verdict.failure);
  }
  await discard(response);
  if (verdict.type === "ask-again-behind") return { done: false, held, compared: true };
  if (verdict.type === "ask-again-whole" && held !== null) return beginAnew;
  if (verdict.type === "complete" && held !== null) {
    const { generation } = held;
    const representation = { ...generation.representation, total: verdict.total };
    await record.checkpoint({ ...generation, representation }, held.response, options.emit);
    return { done: true, held, compared };
  }
  throw new ExchangeFailed(verdict.type === "failed" ? verdict.failure : uselessAnswer(response.status));
}

/** Nothing that is held can be used: ask for the whole. */
const beginAnew: Outcome = { done: false, held: null, compared: false };

function askFor(row: RecordRow, held: KeptGeneration | null, mostOverlap: number): Omit<Ask, "nowMs"> {
  const offset = held === null ? 0 : storedOf(held.generation);
  const stored = held?.generation.representation ?? null;
  const overlap = stored === null ? 0 : overlapOf(stored, offset, mostOverlap);
  const field = (name: string): string | null => (held === null ? null : fieldOf(held.response, name));
  const variant = { type: field("content-type"), location: field("content-location") };
  const unranged = field("accept-ranges")?.toLowerCase() === "none";
  return { offset, overlap, end: null, stored, variant, unranged, method: row.method, heldType: heldType(row) };
}

function fieldOf({ headers }: ResponseHead, wanted: string): string | null {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? null;
}

interface Prior {
  readonly asked: Omit<Ask, "nowMs">;
  readonly held: KeptGeneration | null;
  readonly kept: KeptGeneration | null;
}

/** The verdict, and which stored bytes it goes on from: a server that begins anew may be back at an earlier generation. */
async function fit(
  ports: EnginePorts,
  { response, verdict }: Answer,
  { asked, held, kept }: Prior,
): Promise<{ readonly verdict: Answer["verdict"]; readonly base: KeptGeneration | null }> {
  const same = { verdict, base: held };
  if (verdict.type !== "restart" || kept === null || kept.generation.bodyId === held?.generation.bodyId) return same;
  const { representation } = kept.generation;
  const earlier = { ...asked, offset: storedOf(kept.generation), stored: representation, nowMs: ports.clock.now() };
  const again = judgeResponse(earlier, response.status, response.headers);
  if (again.type !== "append" || !(await isThere(ports, kept.generation))) return same;
  return { verdict: again, base: kept };
}

interface Arrival {
  readonly verdict: BodyVerdict;
  readonly base: KeptGeneration | null;
  readonly head: ResponseHead;
  readonly response: TransportResponse;
  readonly options: AskOptions;
}

async function receive(services: ExchangeServices, record: ExchangeRecord, arrival: Arrival): Promise<Outcome> {
  const { verdict, base, head, response, options } = arrival;
  const plan = decodingOf(services, response);
  if (plan.type === "refuse") {
    await discard(response);
    throw new ExchangeFailed(plan.failure);
  }
  const { newBodyId } = services;
  const { chain } = plan;
  const stored = chain.length === 0 ? head : withoutCoding(head);
  const reception = receptionOf(verdict, {
    base,
    head: stored,
    codings: chain,
    allowance: record.allowance(),
    newBodyId,
  });
  const checkpoint = noting(record, (generation) => record.checkpoint(generation, reception.head, options.emit));
  try {
    await assertRoomFor(services, record, reception);
  } catch (error) {
    await discard(response);
    throw error;
  }
  record.enter("receiving");
  const { bodyId, representation } = reception;
  if (reception.received === null) {
    record.announce({ response: reception.head, generation: { bodyId, representation, received: [] } });
  }
  try {
    await receiveBody(services.ports, services.options, reception, response, {
      checkpoint,
      onReceived: options.release,
      enter: (step) => record.enter(step),
    });
  } catch (error) {
    // The server has other bytes than those stored, under the same validator: nothing of them can be used (A16).
    if (!(error instanceof StoredDiffers)) {
      const gained = storedLength(record.row()) - reception.offset;
      if (response.status === 206 && gained < reception.skip && isTransportError(error)) record.narrowOverlap();
      throw error;
    }
    if (error.cause !== undefined) record.onFault(error.cause, "comparing what is stored");
    if (reception.bodyId === record.row().kept?.generation.bodyId) await record.forgetKept();
    return beginAnew;
  } finally {
    record.announce(null);
  }
  const rest = wanting(record.row(), reception.offset);
  if (rest !== null && !isRepeatable(record.row())) throw new ExchangeFailed(neverTwice);
  return { done: rest === null, held: rest, compared: true };
}

/** What to do about a content coding that came although none was asked for (B12). */
function decodingOf({ ports, options }: ExchangeServices, { headers }: TransportResponse): DecodingPlan {
  if (!options.decode) return { type: "undo", chain: [] };
  return planDecoding(headers.get("content-encoding"), ports.codings.supports.codings);
}

function heldType({ generation, response, kept }: RecordRow): string | null {
  const present = generation !== null && response !== null && generation.received.length > 0;
  const head = kept?.response ?? (present ? response : null);
  return head === null ? null : (fieldOf(head, "content-type") ?? "");
}

/** Whether a status ends the record: then its response is kept. */
function isLast(record: ExchangeRecord, failure: ExchangeFailure, attempt: number): boolean {
  if (failure.reason !== "bad-status") return false;
  return !isRepeatable(record.row()) || !failure.retryable || attempt >= record.retryLimit;
}

/** The stored bytes that another response may continue, the newest first: their validator is strong, and they are all there. */
async function heldOf(ports: EnginePorts, { generation, response, kept }: RecordRow): Promise<KeptGeneration | null> {
  const present = generation === null || response === null ? null : { generation, response };
  for (const held of [present, kept]) {
    if (held !== null && isResumable(held.generation.representation) && (await isThere(ports, held.generation)))
      return held;
  }
  return null;
}

async function isThere({ bodies }: EnginePorts, generation: Generation): Promise<boolean> {
  const size = await bodies.size(generation.bodyId);
  const offset = storedOf(generation);
  return offset > 0 && size !== null && size >= offset;
}

/**
 * What to go on from when a server gave less than was asked for (A4), or nothing if all is there.
 *
 * @throws ExchangeFailed if it gave too little to ask again at once (C17).
 */
function wanting({ generation, response }: RecordRow, from: number): KeptGeneration | null {
  if (generation === null || response === null || isWhole(generation)) return null;
  const { representation } = generation;
  if (isResumable(representation) && isRealProgress(storedOf(generation) - from, representation.total)) {
    return { generation, response };
  }
  throw new ExchangeFailed(exchangeFailure("incomplete", "The server sent less than the rest"));
}

function requestBody(ports: EnginePorts, row: RecordRow): TransportRequestBody | null {
  if (row.requestBody === null) return null;
  const { bodyId, length } = row.requestBody;
  return { length, stream: () => ports.bodies.read(bodyId, { start: 0, end: length }) };
}

/** A crash or a cut after the request went out: whether the server acted on it cannot be known. */
export const neverTwice: ExchangeFailure = exchangeFailure(
  "sent-before",
  "The request may have reached the server before, and its method must not be repeated",
  { retryable: false },
);

function uselessAnswer(status: number): ExchangeFailure {
  const detail = `The server's answer ${status} does not fit any request that was made`;
  return exchangeFailure("malformed", detail, { retryable: false, status });
}

import { addRange } from "../models/byte-range.ts";
import { totalExceeded } from "../models/exchange-failure.ts";
import type { Generation, ResponseHead } from "../models/record-row.ts";
import { isResumable, type Representation } from "../models/representation.ts";
import { createBodyWriter } from "./body-writer.ts";
import { afterStored } from "./compare-stored.ts";
import { decodeBody } from "./decode-body.ts";
import { ExchangeFailed } from "./exchange-failed.ts";
import type { ResolvedOptions } from "./options.ts";
import type { Body, BodyStore } from "./ports/body-store.ts";
import type { EnginePorts } from "./ports/engine-ports.ts";
import type { TransportResponse } from "./ports/transport.ts";
import { discard } from "./send-request.ts";
import { createSpeedWatch } from "./speed-watch.ts";
import { TransportError } from "./transport-error.ts";

/** Where the bytes of one response go. */
export interface Reception {
  readonly bodyId: string;
  /** Whether `bodyId` exists already, with the bytes in `received`. */
  readonly received: Generation["received"] | null;
  /** Where the first byte kept goes, and how many bytes of the response's body come before it, which are stored already. */
  readonly offset: number;
  readonly skip: number;
  /** Bytes that the response promised, or `null` if it did not. */
  readonly length: number | null;
  readonly representation: Representation;
  /** The content codings to undo, in this order, while the body comes. */
  readonly codings: readonly string[];
  readonly head: ResponseHead;
  /** How many bytes may be stored of the whole body, at most. */
  readonly allowance: number;
}

/** Whom to tell of what. */
export interface ReceptionEffects {
  /** What is stored for good by now. */
  checkpoint(generation: Generation, body: Body): Promise<void>;
  /** The last byte has come. */
  onReceived(): void;
  /** What is waited for: the network, or the store. */
  enter(step: "receiving" | "writing"): void;
}

/**
 * Pull a response's body into the store until it ends, checkpointing on the way.
 *
 * The order is always: bytes written, synced, checkpoint committed. Bytes beyond the promised length are dropped (A12).
 *
 * @throws ExchangeFailed `download-total-exceeded` as soon as it is known that the body is longer than it may be.
 * @throws TransportError if the body ended before its promised length (A13, B1); what was received is kept.
 * @throws StoredDiffers if the bytes that are stored already are not those that come; nothing is written then.
 */
export async function receiveBody(
  ports: EnginePorts,
  options: ResolvedOptions,
  reception: Reception,
  response: TransportResponse,
  { checkpoint, onReceived, enter }: ReceptionEffects,
): Promise<void> {
  const { bodyId, offset, skip, length, codings } = reception;
  const coded = codings.length > 0;
  // The length that a head tells is that of the coded bytes.
  let representation = coded ? { ...reception.representation, total: null } : reception.representation;
  const promised = coded || length === null ? representation.total : offset + length - skip;
  if ((promised ?? 0) > reception.allowance) {
    await discard(response);
    throw new ExchangeFailed(totalExceeded);
  }
  await using body = await openBody(ports.bodies, reception, response);
  let received = reception.received ?? [];
  // A coding tells its own end.
  const unproven = promised === null && !response.delimited && !coded;
  /** The last that was committed; `null` while no row names the body. */
  let committed = reception.received === null ? null : representation;
  const commit = async (end: number): Promise<void> => {
    const now = representation;
    if (end > offset) received = addRange(received, { start: offset, end });
    const proof = unproven && now.total === end ? { lengthProven: false } : {};
    await checkpoint({ bodyId, representation: now, received, ...proof }, body);
    committed = now;
  };
  const writer = createBodyWriter(body, offset, { clock: ports.clock, ...options, onDurable: commit });
  const speed = createSpeedWatch(ports.clock, options.lowSpeed);
  let end = offset;
  try {
    for await (const chunks of arriving(ports, reception, response, (bytes) => speed.compared(bytes))) {
      const before = end;
      for (const chunk of chunks) end += chunk.byteLength;
      if (speed.note(end - before) && isResumable(representation)) {
        throw new TransportError("timeout", "The connection has become too slow to be kept");
      }
      if (end > reception.allowance) throw new ExchangeFailed(totalExceeded);
      const pending = writer.push(chunks);
      if (pending !== undefined) {
        enter("writing");
        await pending;
        enter("receiving");
      }
      speed.wait();
    }
    onReceived();
    enter("writing");
    if (promised !== null && end !== promised) {
      throw new TransportError("interrupted", `The body ended at byte ${end}, not at ${promised}`);
    }
    // The end of a part is not the end of the whole (A6).
    if (representation.total === null && response.status !== 206) representation = { ...representation, total: end };
    await writer.flush();
    // An empty body, or one whose end came only after all of it was durable: that this is the end is news.
    if (committed !== representation) await commit(end);
  } finally {
    writer.stop();
    await writer.flush().finally(async () => {
      if (committed === null) await ports.bodies.remove(bodyId);
    });
  }
}

async function openBody(
  bodies: BodyStore,
  { bodyId, received }: Reception,
  response: TransportResponse,
): Promise<Body> {
  try {
    return await (received === null ? bodies.create(bodyId) : bodies.open(bodyId));
  } catch (error) {
    await discard(response);
    throw error;
  }
}

/** The bytes of the response that are to be stored: without their coding, and behind those that are stored already. */
function arriving(
  ports: EnginePorts,
  reception: Reception,
  { body, delimited }: TransportResponse,
  onCompared: (bytes: number) => void,
): TransportResponse["body"] {
  const { bodyId, offset, skip, length, codings } = reception;
  if (codings.length > 0) return decodeBody(ports.codings, codings, body, { promised: length }).body;
  if (skip === 0) return within(body, length);
  const stored = ports.bodies.read(bodyId, { start: offset - skip, end: offset });
  const compared = afterStored(body, { stored, length: skip, delimited, onCompared });
  return within(compared, length === null ? null : length - skip);
}

/** The first `length` bytes of `body`, whatever else comes (A12, B2). */
async function* within(
  body: TransportResponse["body"],
  length: number | null,
): AsyncGenerator<readonly Uint8Array[], void> {
  let left = length ?? Number.POSITIVE_INFINITY;
  for await (const chunks of body) {
    let bytes = 0;
    for (const chunk of chunks) bytes += chunk.byteLength;
    if (bytes <= left) {
      left -= bytes;
      yield chunks;
      continue;
    }
    const kept: Uint8Array[] = [];
    for (const chunk of chunks) {
      const part = chunk.subarray(0, left);
      left -= part.byteLength;
      if (part.byteLength > 0) kept.push(part);
    }
    yield kept;
    return;
  }
}

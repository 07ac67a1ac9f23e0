import type { Refusal, ResponseHead } from "../models/record-row.ts";
import type { ExchangeServices } from "./exchange-record.ts";
import type { TransportResponse } from "./ports/transport.ts";
import { discard } from "./send-request.ts";

/** More of a page that says no is not worth the room. */
const mostBytes = 1024 * 1024;

/**
 * Keep a response whose status fails its record, with its body: the specification exposes it ("bad-status").
 *
 * Durable once it resolves. A body that breaks off, or is longer than 1 MiB, is kept as far as it came and marked.
 */
export async function keepRefusal(
  { ports: { bodies }, newBodyId }: ExchangeServices,
  head: ResponseHead,
  response: TransportResponse,
  allowance: number,
): Promise<Refusal> {
  const limit = Math.min(mostBytes, allowance);
  const bodyId = newBodyId();
  let length = 0;
  let truncated = false;
  try {
    await using body = await bodies.create(bodyId);
    const chunks = response.body[Symbol.asyncIterator]();
    for (;;) {
      const item = await chunks.next().catch(() => null);
      if (item === null) truncated = true;
      if (item === null || item.done) break;
      const kept: Uint8Array[] = [];
      const start = length;
      for (const chunk of item.value) {
        const part = chunk.subarray(0, limit - length);
        truncated ||= part.byteLength < chunk.byteLength;
        length += part.byteLength;
        if (part.byteLength > 0) kept.push(part);
      }
      if (kept.length > 0) await body.write(start, kept);
      if (!truncated) continue;
      await chunks.return?.();
      break;
    }
    await body.sync();
    return { response: head, bodyId, length, truncated };
  } catch (error) {
    await discard(response);
    await bodies.remove(bodyId).catch(() => undefined);
    throw error;
  }
}

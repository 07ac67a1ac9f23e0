import { type ExchangeFailure, exchangeFailure } from "../models/exchange-failure.ts";
import { formatDigest, fulfils, parseIntegrity } from "../models/integrity.ts";
import type { Generation } from "../models/record-row.ts";
import type { EnginePorts } from "./ports/engine-ports.ts";

/** How long digesting may keep everything else waiting. */
const turnMs = 20;

/**
 * Compare a whole body, as it is in the store, with integrity metadata (Subresource Integrity).
 *
 * Read back rather than digested on the way: what is on the disk is what will be exposed, and a restart in the middle has
 * nothing to remember (docs/adr/0015).
 *
 * Gives the failure, or `null` if the body is the one asked for.
 *
 * @throws The signal's reason, once it is aborted.
 */
export async function verifyBody(
  { bodies, clock, digests }: Pick<EnginePorts, "bodies" | "clock" | "digests">,
  { bodyId, representation }: Generation,
  metadata: string,
  signal: AbortSignal,
): Promise<ExchangeFailure | null> {
  const integrity = parseIntegrity(metadata);
  if (integrity === null) return null;
  const digest = digests.create(integrity.algorithm);
  let since = clock.now();
  for await (const chunk of bodies.read(bodyId, { start: 0, end: representation.total ?? 0 }, { signal })) {
    signal.throwIfAborted();
    digest.update(chunk);
    // A store in memory never waits for anything, and nobody else would have a turn: not even whoever aborts.
    if (Math.abs(clock.now() - since) < turnMs) continue;
    await new Promise<void>((resolve) => void clock.setTimeout(() => resolve(), 0));
    since = clock.now();
  }
  const found = digest.finish();
  if (fulfils(integrity, found)) return null;
  const detail = `The body has the digest ${formatDigest(integrity.algorithm, found)}, which is not the one that it must have`;
  return exchangeFailure("integrity-mismatch", detail);
}

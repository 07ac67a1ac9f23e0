import type { Ask } from "../models/ask.ts";
import { exchangeFailure } from "../models/exchange-failure.ts";
import { isRepeatable, type RecordRow } from "../models/record-row.ts";
import { ExchangeFailed } from "./exchange-failed.ts";
import type { ResolvedOptions } from "./options.ts";
import type { EnginePorts } from "./ports/engine-ports.ts";
import { type Answer, discard, type SendOptions, sendRequest } from "./send-request.ts";

/** What header fields are asked for. */
export interface HeaderQuery {
  readonly url: string;
  readonly method: string;
  /** The status, 401, 403 or 407, with which the server refused the fields given before; `null` on the first try. */
  readonly refused: number | null;
  readonly signal: AbortSignal;
}

/**
 * Gives the header fields of a request right before it goes out: tokens that are fresh then, and are never stored.
 *
 * They stand in for fields of the same names. It is asked before every exchange, and once more when the server refuses
 * them. Like all fields a caller sets they do not follow a redirect to another origin.
 */
export type HeaderProvider = (query: HeaderQuery) => HeadersInit | Promise<HeadersInit>;

const refusals = new Set([401, 403, 407]);

/** Send a record's request with the fields that are provided for it. @throws ExchangeFailed if there are none to be had. */
export async function sendProvided(
  { clock, transport }: EnginePorts,
  { headers: provider }: ResolvedOptions,
  row: RecordRow,
  ask: Omit<Ask, "nowMs">,
  options: SendOptions,
): Promise<Answer> {
  const send = async (refused: number | null): Promise<Answer> => {
    if (provider !== undefined) options.onPrepare();
    const asked = provider === undefined ? row : await provided(provider, row, refused, options.signal);
    return sendRequest(transport, asked, ask, () => clock.now(), options);
  };
  const answer = await send(null);
  const { status } = answer.response;
  // What must not be repeated was sent, whatever came of it.
  if (provider === undefined || !refusals.has(status) || !isRepeatable(row)) return answer;
  await discard(answer.response);
  return send(status);
}

async function provided(
  provider: HeaderProvider,
  row: RecordRow,
  refused: number | null,
  signal: AbortSignal,
): Promise<RecordRow> {
  const { url, method, headers } = row;
  try {
    const fresh = new Headers(await provider({ url, method, refused, signal }));
    return { ...row, headers: [...headers.filter(([name]) => !fresh.has(name)), ...fresh] };
  } catch {
    signal.throwIfAborted();
    // Its error may quote the very secret that it was about to give.
    throw new ExchangeFailed(
      exchangeFailure("headers-unavailable", "The header fields of the request could not be had"),
    );
  }
}

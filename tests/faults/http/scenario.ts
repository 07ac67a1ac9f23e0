import type { UndiciTransportOptions } from "../../../adapters/node/index.ts";
import type { BackgroundFetchOptions, FetchExtensions } from "../../../core/fetch-options.ts";
import type { EngineOptions } from "../../../core/index.ts";
import type { ExchangeFailure, ExchangeFailureCode } from "../../../models/exchange-failure.ts";
import type { FaultRequest } from "../fault-request.ts";
import type { Answer } from "../fault-server.ts";

/** One row of the fault matrix over HTTP, or one face of it: what a server does, and what must come of it. */
export interface FaultScenario {
  /** Begins with the row's name. */
  readonly title: string;
  /** What the server does with each request for `/file` in turn; the last goes on for ever. */
  readonly answers: readonly Answer[];
  /** The same for other paths. */
  readonly elsewhere?: { readonly [path: string]: readonly Answer[] };
  /** The bytes of a success, or the code of a failure. */
  readonly outcome: Uint8Array | ExchangeFailureCode | readonly ExchangeFailureCode[];
  /** What each request for `/file` must have asked for, no more and no less: `whole`, `from 400 if "one"`. */
  readonly asked?: readonly string[];
  readonly request?: RequestInit;
  readonly fetch?: BackgroundFetchOptions & FetchExtensions;
  readonly engine?: EngineOptions;
  readonly transport?: UndiciTransportOptions;
  /** What else must be true. */
  readonly also?: (seen: Seen) => void;
}

/** What was to be seen of a scenario from outside. */
export interface Seen {
  /** Of every path, in order. */
  readonly requests: readonly FaultRequest[];
  readonly failure: ExchangeFailure | null;
  /** Of the response that was exposed, be it of a success or of a refusal; `null` if there was none. */
  readonly status: number | null;
  readonly body: Buffer | null;
  /** Stored bytes as progress told them. */
  readonly progress: readonly number[];
  /** Of the notice that the record has settled. */
  readonly lengthProven: unknown;
  /** Milliseconds from the first request to the last. */
  readonly lastedMs: number;
}

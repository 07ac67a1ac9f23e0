import type { ExchangeFailure } from "../models/exchange-failure.ts";
import type { BackgroundFetchEventType } from "./background-fetch-event.ts";

/** Why a registration, or one of its records, stands where it stands: plain data, true at one moment. */
export type Reason =
  /** Nothing holds it up: its records tell more. */
  | { readonly type: "transferring" }
  /** `"request"`: by the program or the user. `"restart"`: found unfinished, and `startRestored` is off. */
  | { readonly type: "paused"; readonly by: "request" | "restart" }
  | { readonly type: "offline" }
  /** The store has no room. */
  | { readonly type: "full" }
  /** Until `untilMs`, milliseconds since 1970. `serverAsked`: because of a Retry-After. */
  | {
      readonly type: "backing-off";
      readonly untilMs: number;
      readonly serverAsked: boolean;
      readonly attempt: number;
      readonly limit: number;
      readonly failure: ExchangeFailure | null;
    }
  /** All of the `limit` connections that one origin is given are in use. */
  | { readonly type: "waiting-for-connection"; readonly origin: string; readonly limit: number }
  /** As many records as may be worked on at once are, over all registrations. */
  | { readonly type: "waiting-for-turn"; readonly limit: number }
  /** So many records of this registration back off or wait that no more are begun. */
  | { readonly type: "waiting-for-earlier"; readonly count: number }
  /** It is being read from the journal. */
  | { readonly type: "starting" }
  /** The request is out. */
  | { readonly type: "waiting-for-answer"; readonly origin: string }
  /** Bytes come; `total` is `null` until the server has told it. */
  | { readonly type: "receiving"; readonly stored: number; readonly total: number | null }
  /** Every byte has come: made durable, verified, moved to its destination. */
  | { readonly type: "storing" }
  /** It has ended, and that is being written down. */
  | { readonly type: "settling" }
  /** It has ended, and nobody listens for the event that tells so. */
  | { readonly type: "waiting-for-listener"; readonly event: BackgroundFetchEventType }
  /** It has ended, and a handler of the event has not finished. */
  | { readonly type: "waiting-for-handler"; readonly event: BackgroundFetchEventType };

export interface RecordExplanation {
  readonly index: number;
  /** Without userinfo and without the values of its query. */
  readonly url: string;
  readonly state: string;
  /** Since when it is in that state, in milliseconds since 1970. */
  readonly sinceMs: number;
  readonly because: Reason;
}

/** What `engine.explain()` tells of one registration. */
export interface Explanation {
  readonly id: string;
  readonly uid: number;
  readonly state: string;
  readonly sinceMs: number;
  readonly because: Reason;
  /** The records that are worked on; never more than a few dozen. */
  readonly records: readonly RecordExplanation[];
  /** Those that nobody has begun to work on, and why; `null` if there are none. */
  readonly waiting: { readonly count: number; readonly because: Reason } | null;
}

import type { ServerNews } from "./server-news.ts";

/** What really happened, counted from the server's own log and from how the downloader ended. */
export interface Tally {
  readonly cuts: number;
  readonly awayMs: number;
  /** Connections that were open when the server went away. */
  readonly cutByGoing: number;
  readonly refusals: number;
  /** The shortest time after which somebody who was refused came back. */
  readonly returnedAfterMs: number;
  /** Answers that began where an earlier one had broken off. */
  readonly continued: number;
  readonly sent: number;
  readonly killed: boolean;
}

export const nothingYet: Tally = {
  cuts: 0,
  awayMs: 0,
  cutByGoing: 0,
  refusals: 0,
  returnedAfterMs: Number.POSITIVE_INFINITY,
  continued: 0,
  sent: 0,
  killed: false,
};

export function tallied(tally: Tally, news: ServerNews): Tally {
  switch (news.type) {
    case "refused":
      return { ...tally, refusals: tally.refusals + 1 };
    case "returned":
      return { ...tally, returnedAfterMs: Math.min(tally.returnedAfterMs, news.afterMs) };
    case "away":
      return { ...tally, cutByGoing: tally.cutByGoing + news.cut };
    case "back":
      return { ...tally, awayMs: tally.awayMs + news.afterMs };
    case "account":
      return { ...tally, sent: news.sent };
    case "answered":
      return {
        ...tally,
        cuts: tally.cuts + (news.ended === "cut" ? 1 : 0),
        continued: tally.continued + (news.from > 0 ? 1 : 0),
      };
    case "ready":
      return tally;
  }
}

import { inMiB } from "./board.ts";
import { plan } from "./plan.ts";
import type { ServerNews } from "./server-news.ts";

/** What the server did, in plain words; `null` for what is not worth a line. */
export function newsLine(news: ServerNews): string | null {
  switch (news.type) {
    case "refused":
      return `the server says 503 to ${news.name}: come back in ${plan.retryAfterS} s`;
    case "returned":
      return `${news.name} is asked for again after ${(news.afterMs / 1000).toFixed(1)} s`;
    case "away":
      return `the server goes away, and with it ${news.cut} connections`;
    case "back":
      return `the server is back after ${(news.afterMs / 1000).toFixed(1)} s`;
    case "answered": {
      const from = news.from === 0 ? "" : `, which went on from ${inMiB(news.from)} MiB`;
      if (news.ended === "cut") return `the server cuts ${news.name} at ${inMiB(news.from + news.sent)} MiB${from}`;
      return news.ended === "whole" ? `${news.name} is through${from}` : null;
    }
    default:
      return null;
  }
}

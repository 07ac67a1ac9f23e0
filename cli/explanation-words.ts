import type { Explanation, Reason } from "../core/index.ts";
import { failureWords } from "./failure-words.ts";
import { fileNameOf } from "./light.ts";
import { formatBytes } from "./view/format-bytes.ts";

/** Why something stands where it stands, for people. `at` writes a moment, in milliseconds since 1970. */
export function reasonWords(reason: Reason, at: (ms: number) => string): string {
  switch (reason.type) {
    case "transferring":
      return "nothing holds it up";
    case "paused":
      return reason.by === "request" ? "paused" : "not resumed since the last run";
    case "offline":
      return "offline: goes on when the network is back";
    case "full":
      return "the disk is full: goes on when there is room";
    case "backing-off": {
      const who = reason.serverAsked ? "the server asked to wait until" : "tries again at";
      const why = reason.failure === null ? "" : `: ${failureWords(reason.failure)}`;
      return `${who} ${at(reason.untilMs)} (try ${reason.attempt} of ${reason.limit}${why})`;
    }
    case "waiting-for-connection":
      return `waits for one of the ${reason.limit} connections to ${reason.origin}`;
    case "waiting-for-turn":
      return `waits for its turn: ${reason.limit} transfers are under way, and no more at a time`;
    case "waiting-for-earlier":
      return `waits for ${reason.count} earlier files, which are held up`;
    case "starting":
      return "about to start";
    case "waiting-for-answer":
      return `waits for the answer of ${reason.origin}`;
    case "receiving":
      return reason.total === null
        ? `receiving, ${formatBytes(reason.stored)} so far`
        : `receiving, ${formatBytes(reason.stored)} of ${formatBytes(reason.total)}`;
    case "storing":
      return "all received, being stored";
    case "settling":
      return "ended, being written down";
    case "waiting-for-listener":
      return "ended, and nobody has asked how yet";
    case "waiting-for-handler":
      return "ended, and being handled";
  }
}

/** A line for the download, one for each file that is worked on, and one for those that wait. */
export function explanationLines({ because, records, waiting }: Explanation): string[] {
  const at = (ms: number): string => new Date(ms).toTimeString().slice(0, 8);
  const lines = [`why      ${reasonWords(because, at)}`];
  for (const { index, url, because: why } of records) {
    lines.push(`${String(index + 1).padStart(6)}  ${fileNameOf(url, null)}: ${reasonWords(why, at)}`);
  }
  if (waiting !== null) lines.push(`        ${waiting.count} more: ${reasonWords(waiting.because, at)}`);
  return lines.map((line) => line.replace(/\p{Cc}/gu, " "));
}

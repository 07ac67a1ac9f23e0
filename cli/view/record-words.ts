import { failureWords } from "../failure-words.ts";
import { fileNameOf } from "../light.ts";
import { formatBytes, formatPercent, formatRate } from "./format-bytes.ts";
import { formatDuration } from "./format-duration.ts";
import type { ActiveRecord } from "./transfer-model.ts";

/** What a record does, in words: `offline, waiting`, `retry 3 in 4 s: 503`, or how far it is. */
export function recordWords(record: ActiveRecord, now: number): string {
  const { state, attempt, failure } = record.status;
  switch (state) {
    case "backing-off": {
      const why = failure === null ? "" : `: ${failureWords(failure)}`;
      return `retry ${attempt} in ${formatDuration(record.retryAt - now)}${why}`;
    }
    case "paused-offline":
      return "offline, waiting";
    case "paused-full":
      return "disk full, waiting";
    case "paused":
      return "paused";
    default:
      return howFar(record.stored, record.total, record.rate.rate(now)) || "connecting";
  }
}

/** A short name for the file that a record brings. */
export function recordName({ url }: Pick<ActiveRecord, "url">): string {
  return fileNameOf(url, null);
}

/** Bytes, per cent, rate and time to go, as far as they are known; nothing at all if no byte came. */
export function howFar(stored: number, total: number | null, rate: number | null): string {
  if (stored === 0 && total === null) return "";
  const parts = [total === null ? formatBytes(stored) : `${formatBytes(stored)} of ${formatBytes(total)}`];
  if (total !== null && total > 0) parts.push(formatPercent(stored, total));
  if (rate !== null) parts.push(formatRate(rate));
  if (rate !== null && rate > 0 && total !== null && total > stored) {
    parts.push(`ETA ${formatDuration(((total - stored) / rate) * 1_000)}`);
  }
  return parts.join("  ");
}

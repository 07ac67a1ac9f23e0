import type { RecordRow } from "../core/index.ts";
import { failureSentence } from "./failure-words.ts";
import { shownUrl } from "./light.ts";
import { formatBytes } from "./view/format-bytes.ts";

/** A record as `show --json` tells of it. Holds no header and no query: both may be secret. */
export interface RecordListing {
  readonly index: number;
  readonly url: string;
  readonly state: RecordRow["state"];
  readonly stored: number;
  readonly total: number | null;
  readonly destination: string | null;
  readonly status: number | null;
  readonly failure: { readonly code: string; readonly detail: string } | null;
}

export function recordListing({
  index,
  url,
  state,
  generation,
  destination,
  response,
  failure,
}: RecordRow): RecordListing {
  return {
    index,
    url: shownUrl(url),
    state,
    stored: generation?.received.reduce((sum, { start, end }) => sum + end - start, 0) ?? 0,
    total: generation?.representation.total ?? null,
    destination,
    status: failure?.status ?? response?.status ?? null,
    failure: failure === null ? null : { code: failure.code, detail: failure.detail },
  };
}

const stateWords: { readonly [state in RecordRow["state"]]: string } = {
  pending: "unfinished",
  success: "saved",
  failure: "failed",
  aborted: "aborted",
};

/** Two lines: where it comes from and goes to, and how far it is. */
export function describeRecord(row: RecordRow): string {
  const { index, url, stored, total, state, destination } = recordListing(row);
  const size =
    total === null || total === stored ? formatBytes(stored) : `${formatBytes(stored)} of ${formatBytes(total)}`;
  const why = row.failure === null || state === "success" ? "" : `: ${failureSentence(row.failure)}`;
  const where = destination === null ? "" : ` -> ${destination}`;
  return `${String(index + 1).padStart(6)}  ${url}${where}\n        ${stateWords[state]}, ${size}${why}`;
}

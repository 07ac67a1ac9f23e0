import { failureWords } from "../failure-words.ts";
import type { ShownEvent } from "../shown-event.ts";
import { recordName } from "./record-words.ts";

/** What a person should not miss, as a line of its own: a record that failed, a fault. `null` for all else. */
export function noticeLine(event: ShownEvent): string | null {
  if (event.type === "fault") return `Fault while ${event.during}: ${event.message}`;
  if (event.type === "note") return event.text;
  if (event.type !== "record.settled" || event.state !== "failure") return null;
  const why = event.failure === null ? "" : `: ${failureWords(event.failure)}`;
  return `${recordName(event)} failed${why}`;
}

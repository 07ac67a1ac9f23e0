import { dirname } from "node:path";
import type { Result, ShownEvent } from "./shown-event.ts";
import { formatBytes, formatRate } from "./view/format-bytes.ts";
import { formatElapsed } from "./view/format-duration.ts";

/** Gathers what the one line at a download's end says. */
export interface Summary {
  note(event: ShownEvent, now: number): void;
  line(result: Result, now: number): string | null;
}

interface Noted {
  readonly since: number;
  readonly before: number;
  readonly saved: string[];
}

/** `Saved /home/me/a.iso (1.2 GiB in 40 s, 31 MiB/s)`; what a run before this one brought counts as bytes, not as speed. */
export function createSummary(): Summary {
  const noted = new Map<string, Noted>();
  return {
    note(event, now) {
      if (event.type === "progress" && !noted.has(event.id)) {
        noted.set(event.id, { since: now, before: event.downloaded, saved: [] });
      }
      if (event.type !== "record.settled" || event.state !== "success" || event.destination === null) return;
      noted.get(event.id)?.saved.push(event.destination);
    },
    line({ id, result, downloaded, records }, now) {
      if (result !== "success" && (result !== "failure" || records.succeeded === 0)) return null;
      const of = noted.get(id);
      if (of === undefined) return alreadyThere(records.count);
      const { since, before, saved } = of;
      const ms = Math.max(1, now - since);
      const rate = formatRate(((downloaded - before) * 1_000) / ms);
      const [first] = saved;
      const folders = new Set(saved.map((path) => dirname(path)));
      const [folder] = folders;
      const where = folders.size === 1 && folder !== undefined ? ` in ${folder}` : "";
      const { count, succeeded } = records;
      const files = succeeded === count ? `${count} files` : `${succeeded} of ${count} files`;
      const what = saved.length === 1 && count === 1 ? first : `${files}${where}`;
      return `Saved ${what} (${formatBytes(downloaded)} in ${formatElapsed(ms)}, ${rate})`;
    },
  };
}

const alreadyThere = (count: number): string =>
  count === 1 ? "Nothing to do: the file is there already." : `Nothing to do: all ${count} files are there already.`;

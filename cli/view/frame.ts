import { recordName, recordWords } from "./record-words.ts";
import { fit } from "./text-width.ts";
import { bar, totalLine } from "./total-line.ts";
import type { ActiveRecord, Transfer } from "./transfer-model.ts";

/** Columns and rows, as a terminal has them. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

const mostRecords = 10;

/** The longest words that are usual: `2 of 5 files  106 MiB of 143 MiB  74%  9.9 MiB/s  ETA 4 s`. */
const wordsWidth = 57;

/** The lines a terminal of this size is shown: one for each record that is worked on, and the total below them. */
export function frame(transfers: Iterable<Transfer>, { columns, rows }: Size, now: number): readonly string[] {
  const list = [...transfers];
  // A line stays free for the cursor; each download has one for what is not shown, and one for its total.
  const room = Math.floor((rows - 1) / Math.max(1, list.length)) - 2;
  const most = Math.max(0, Math.min(mostRecords, room));
  return list
    .flatMap((transfer) => transferLines(transfer, most, columns, now))
    .slice(-Math.max(1, rows - 1))
    .map((line) => fit(line, columns - 1).trimEnd());
}

function transferLines(transfer: Transfer, most: number, columns: number, now: number): readonly string[] {
  const { active, count, settled, downloaded, state } = transfer;
  const shown = [...active.values()].slice(0, most);
  const lines = shown.map((record) => recordLine(record, columns, now));
  // One file that is being downloaded is its own total.
  if (count === 1 && lines.length === 1 && state === "transferring") return lines;
  const more = count - settled - shown.length;
  return [
    ...lines,
    ...(more > 0 && count > 1 ? [`… and ${more} more waiting`] : []),
    line(transfer.id, bar(downloaded, transfer.total(), barWidth(columns)), totalLine(transfer, now), columns),
  ];
}

function recordLine(record: ActiveRecord, columns: number, now: number): string {
  const drawn = bar(record.stored, record.total, barWidth(columns));
  return line(recordName(record), drawn, recordWords(record, now), columns);
}

/** Bars stand below each other, whatever the words beside them are. */
function line(name: string, drawn: string, words: string, columns: number): string {
  const middle = barWidth(columns) === 0 ? [] : [drawn.padEnd(barWidth(columns))];
  return [fit(name, nameWidth(columns)), ...middle, words].join("  ");
}

const nameWidth = (columns: number): number => Math.max(8, Math.min(30, Math.floor(columns * 0.24)));

/** A bar gets what names and words leave it, or nothing where that is too little to tell anything. */
function barWidth(columns: number): number {
  const left = columns - nameWidth(columns) - wordsWidth - 5;
  return left < 10 ? 0 : Math.min(24, left);
}

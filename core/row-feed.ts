import type { RecordRow } from "../models/record-row.ts";

const pageSize = 256;

/** Unsettled rows of one registration, in order, read a page at a time: what waits costs no memory. */
export interface RowFeed {
  /** The next row, or nothing if none is at hand now: then `ready` is called once more are. */
  peek(): RecordRow | undefined;
  /** Go on to the row after it. */
  advance(): void;
  /** Every record before this index has been passed. */
  position(): number;
}

/** `records` gives at most `limit` rows from index `from` on, and rejects only if no more are wanted. */
export function createRowFeed(
  records: (from: number, limit: number) => Promise<readonly RecordRow[]>,
  from: number,
  ready: () => void,
): RowFeed {
  let page: readonly RecordRow[] = [];
  let at = 0;
  let next = from;
  let exhausted = false;
  let reading = false;

  async function read(): Promise<void> {
    reading = true;
    try {
      const rows = await records(next, pageSize);
      exhausted = rows.length < pageSize;
      page = rows.filter((row) => row.state === "pending");
      at = 0;
      next = (rows.at(-1)?.index ?? next - 1) + 1;
    } catch {
      exhausted = true;
    } finally {
      reading = false;
    }
    if (page.length > 0 || !exhausted) ready();
  }

  return {
    peek() {
      const row = page[at];
      if (row === undefined && !exhausted && !reading) void read();
      return row;
    },
    advance() {
      at += 1;
    },
    position: () => page[at]?.index ?? next,
  };
}

import type { RecordStateNotice } from "../../core/index.ts";
import type { ShownEvent } from "../shown-event.ts";
import { createRateWindow, type RateWindow } from "./rate-window.ts";

/** A record that is worked on, or was until the last notice. */
export interface ActiveRecord {
  readonly index: number;
  readonly url: string;
  readonly status: Pick<RecordStateNotice, "state" | "attempt" | "failure">;
  /** When the next try is due, in milliseconds since 1970. */
  readonly retryAt: number;
  readonly stored: number;
  readonly total: number | null;
  readonly rate: RateWindow;
}

/** One download, as a person is shown it. */
export interface Transfer {
  readonly id: string;
  state: string;
  downloaded: number;
  count: number;
  settled: number;
  readonly rate: RateWindow;
  /** The same of records that have settled: all there is to go by while lengths are not known. */
  readonly settledRate: RateWindow;
  readonly active: Map<number, ActiveRecord>;
  /** Bytes of all bodies, or `null` while some length is not known. */
  total(): number | null;
}

/** What the events so far add up to. */
export interface TransferModel {
  apply(event: ShownEvent, now: number): void;
  readonly transfers: ReadonlyMap<string, Transfer>;
}

export function createTransferModel(): TransferModel {
  const transfers = new Map<string, Transfer>();

  function transferOf(id: string): Transfer {
    const transfer = transfers.get(id) ?? newTransfer(id);
    transfers.set(id, transfer);
    return transfer;
  }

  function apply(event: ShownEvent, now: number): void {
    if (event.type === "network.state" || event.type === "fault" || event.type === "note") return;
    if (event.type === "result") return void transfers.delete(event.id);
    const transfer = transferOf(event.id);
    const { active } = transfer;
    if (event.type === "registration.state") transfer.state = event.state;
    else if (event.type === "record.settled") active.delete(event.index);
    else if (event.type === "record.state") {
      const before = active.get(event.index) ?? { stored: 0, total: null, rate: createRateWindow() };
      const { index, url, backoffMs } = event;
      active.set(index, { ...before, index, url, status: event, retryAt: now + backoffMs });
    } else {
      transfer.downloaded = event.downloaded;
      transfer.count = event.records.count;
      transfer.settled = event.records.settled;
      transfer.rate.add(event.downloaded, now);
      transfer.settledRate.add(event.records.settled, now);
      for (const { index, stored, total } of event.changed) {
        const record = active.get(index);
        if (record === undefined) continue;
        record.rate.add(stored, now);
        active.set(index, { ...record, stored, total });
      }
    }
  }

  return { apply, transfers };
}

function newTransfer(id: string): Transfer {
  const active = new Map<number, ActiveRecord>();
  const transfer: Transfer = {
    id,
    state: "pending",
    downloaded: 0,
    count: 0,
    settled: 0,
    rate: createRateWindow(),
    settledRate: createRateWindow(),
    active,
    total() {
      if (transfer.settled + active.size < transfer.count) return null;
      let remaining = 0;
      for (const { stored, total } of active.values()) {
        if (total === null) return null;
        remaining += total - stored;
      }
      return transfer.downloaded + remaining;
    },
  };
  return transfer;
}

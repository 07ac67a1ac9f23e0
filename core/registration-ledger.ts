import { totalExceeded } from "../models/exchange-failure.ts";
import { exposedLength, type RecordRow } from "../models/record-row.ts";
import type { RegistrationRow } from "../models/registration-row.ts";
import { movedTotals } from "../models/registration-totals.ts";
import type { EngineServices } from "./engine-services.ts";
import { ExchangeFailed } from "./exchange-failed.ts";
import { putRecord, putRegistration } from "./journal.ts";

/** A registration's row, kept in step with those of its records: the totals in the journal are always those of the rows in it. */
export interface RegistrationLedger {
  row(): RegistrationRow;
  /** Change the row, and commit it. */
  patch(patch: Partial<RegistrationRow>): Promise<void>;
  /** Change it without a commit of its own: the next one takes it along. */
  count(patch: Partial<RegistrationRow>): void;
  /** The record of this index is worked on: the cursor must not pass it before it has settled. */
  open(index: number): void;
  /**
   * Commit a record's row together with the totals.
   *
   * @throws ExchangeFailed `download-total-exceeded`, with nothing changed.
   */
  commit(before: RecordRow, after: RecordRow): Promise<void>;
  /** How many more bytes may be stored, by `downloadTotal`. */
  allowance(): number;
}

/** `position` is before what index nothing is left to be begun. */
export function createLedger(
  { journal }: EngineServices,
  initial: RegistrationRow,
  position: () => number,
): RegistrationLedger {
  const open = new Set<number>();
  let row = initial;

  const allowance = (): number =>
    row.downloadTotal === 0 ? Number.POSITIVE_INFINITY : row.downloadTotal - row.downloaded;

  /** Move the totals from one row of a record to another of it, in either direction of time. */
  function move(from: RecordRow, to: RecordRow): void {
    if (to.state === "pending") open.add(to.index);
    else open.delete(to.index);
    row = { ...row, ...movedTotals(row, from, to), cursor: Math.min(position(), ...open) };
  }

  return {
    row: () => row,
    async patch(patch) {
      row = { ...row, ...patch };
      await journal.commit([putRegistration(row)]);
    },
    count(patch) {
      row = { ...row, ...patch };
    },
    open: (index) => void open.add(index),
    async commit(before, after) {
      const { failureReason, uid } = row;
      const more = exposedLength(after) - exposedLength(before);
      // Records that receive at the same time may together bring what each of them alone was allowed.
      if (after.state === "pending" && more > allowance()) throw new ExchangeFailed(totalExceeded);
      move(before, after);
      try {
        await journal.commit([putRecord(uid, after), putRegistration(row)]);
      } catch (error) {
        move(after, before);
        if (failureReason === null && row.phase === "active") row = { ...row, failureReason };
        throw error;
      }
    },
    allowance,
  };
}

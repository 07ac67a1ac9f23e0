import type { BodyNote } from "./body-note.ts";
import { exchangeFailure } from "./exchange-failure.ts";
import { type RecordRow, storedLength } from "./record-row.ts";
import type { RegistrationRow } from "./registration-row.ts";

/** A body whose note could be read, and how many of its bytes are proven. */
export interface FoundBody {
  readonly note: BodyNote;
  readonly proven: number;
}

/** Rows to begin a journal with. */
export interface SalvagedRegistration {
  readonly registration: RegistrationRow;
  readonly records: readonly RecordRow[];
}

/**
 * What can be rebuilt of the registrations whose bodies were found; the same for the same bodies in any order.
 *
 * `taken` are ids that are not free. One of which every record was found goes on. Of another nobody knows what else it was to fetch: it becomes one that has
 * failed, and whose bytes are kept for the next fetch of its id.
 */
export function salvagedRegistrations(
  found: readonly FoundBody[],
  taken: readonly string[],
): readonly SalvagedRegistration[] {
  const active = new Set(taken);
  const salvaged: SalvagedRegistration[] = [];
  // The newest first: only one registration of an id can be active.
  for (const bodies of groupsOf(found)) {
    const registration = latest(bodies);
    const records = recordsOf(bodies.filter(({ note }) => note.registration.id === registration.id));
    if (records.length === registration.records && !active.has(registration.id)) {
      active.add(registration.id);
      salvaged.push(goingOn(registration, records));
    } else {
      const kept = records.filter(({ generation }) => generation !== null);
      if (kept.length > 0) salvaged.push(retained(registration, kept));
    }
  }
  return salvaged.reverse();
}

/** By registration, the newest first; within one the fullest first. */
function groupsOf(found: readonly FoundBody[]): readonly (readonly FoundBody[])[] {
  const groups = new Map<number, FoundBody[]>();
  const nameOf = ({ note }: FoundBody): string => note.record.generation?.bodyId ?? "";
  const ordered = [...found].sort((one, other) => other.proven - one.proven || (nameOf(one) < nameOf(other) ? -1 : 1));
  for (const body of ordered) {
    const { uid } = body.note.registration;
    groups.set(uid, [...(groups.get(uid) ?? []), body]);
  }
  return [...groups].sort(([one], [other]) => other - one).map(([, bodies]) => bodies);
}

/** The row that was noted last: later ones have counted more. */
function latest(bodies: readonly FoundBody[]): RegistrationRow {
  const rows = bodies.map(({ note }) => note.registration);
  return rows.reduce((one, other) => (other.settled + other.downloaded > one.settled + one.downloaded ? other : one));
}

/** Of two bodies of one record, of which one is outdated, the fuller. */
function recordsOf(bodies: readonly FoundBody[]): readonly RecordRow[] {
  const records = new Map<number, RecordRow>();
  for (const body of bodies) {
    const { index } = body.note.record;
    if (!records.has(index)) records.set(index, recordOf(body));
  }
  return [...records.values()].sort((one, other) => one.index - other.index);
}

function recordOf({ note: { record }, proven }: FoundBody): RecordRow {
  const { generation, response } = record;
  const end = Math.min(proven, generation?.representation.total ?? proven);
  const stored = generation !== null && end > 0 ? { ...generation, received: [{ start: 0, end }] } : null;
  return {
    ...record,
    state: "pending",
    failure: null,
    generation: stored,
    response: stored === null ? null : response,
    kept: null,
    movedOut: false,
    sent: false,
    refusal: null,
    deadline: null,
  };
}

function goingOn(registration: RegistrationRow, records: readonly RecordRow[]): SalvagedRegistration {
  const row = { ...registration, ...totalsOf(records), phase: "active", failureReason: null } as const;
  return { registration: { ...row, settled: 0, succeeded: 0, cursor: 0, retained: false }, records };
}

function retained(registration: RegistrationRow, kept: readonly RecordRow[]): SalvagedRegistration {
  const failure = exchangeFailure("fault", "The journal was lost, and with it what else was to be fetched", {
    retryable: false,
  });
  // Numbered anew: whoever takes them over looks at their URLs, and rows are paged through by number.
  const records = kept.map((row, index): RecordRow => ({ ...row, index, state: "failure", failure }));
  const row = { ...registration, ...totalsOf(records), phase: "released", failureReason: failure.reason } as const;
  const settled = records.length;
  return {
    registration: { ...row, paused: false, records: settled, settled, succeeded: 0, cursor: settled, retained: true },
    records,
  };
}

function totalsOf(records: readonly RecordRow[]): Pick<RegistrationRow, "downloaded" | "uploaded"> {
  return {
    downloaded: records.reduce((sum, row) => sum + storedLength(row), 0),
    uploaded: records.reduce((sum, row) => sum + row.uploaded, 0),
  };
}

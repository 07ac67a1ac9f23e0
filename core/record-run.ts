import { mostOverlap, narrowedOverlap } from "../models/ask.ts";
import type { BodyNote } from "../models/body-note.ts";
import type { Deadline } from "../models/deadline.ts";
import type { ExchangeFailure } from "../models/exchange-failure.ts";
import { bodyIdsOf, isUseless, keptBeside, withoutUseless, withReceived } from "../models/kept-generation.ts";
import type { Receipt } from "../models/record.machine.ts";
import {
  exposedLength,
  type Generation,
  isRepeatable,
  type RecordRow,
  type Refusal,
  storedLength,
} from "../models/record-row.ts";
import type { RegistrationRow } from "../models/registration-row.ts";
import { isRealProgress, type RetryPolicy } from "../models/retry-policy.ts";
import { LonghaulError } from "./errors.ts";
import { exchange } from "./exchange.ts";
import type { ExchangeRecord, ExchangeServices, ExchangeStep } from "./exchange-record.ts";
import { insist } from "./insist.ts";
import type { JournalValue } from "./ports/journal-store.ts";
import {
  createRecord,
  type RecordActor,
  type RecordCommand,
  type RecordEnd,
  type RecordStatus,
} from "./record-actor.ts";

/** What a record's work reports to, and stores through, its registration. */
export interface RecordOwner {
  readonly row: RegistrationRow;
  /** Commit a changed row together with the registration's totals. */
  commit(before: RecordRow, after: RecordRow): Promise<void>;
  onState(row: RecordRow, status: RecordStatus): void;
  onSettled(run: RecordRun, end: RecordEnd): void;
  /** A response has begun, of which nothing is durable yet. */
  onArrival(): void;
  /** So many more bytes of a request's body went out. */
  onUploaded(bytes: number): void;
  /** How many more bytes may be stored, by `downloadTotal`. */
  allowance(): number;
  /** `null` for the engine's. */
  readonly retry: RetryPolicy | null;
  onFault(error: unknown, during: string): void;
}

/** One record that is worked on. It exists from when the scheduler picks the row until the record has settled. */
export interface RecordRun {
  start(): void;
  row(): RecordRow;
  /** The row as a reader may see it: with the head of a response of which nothing is durable yet. */
  seen(): RecordRow;
  status(): RecordStatus;
  /** Since when it is in its state, in milliseconds since 1970. */
  sinceMs(): number;
  /** How far its exchange is, if it has one. */
  step(): ExchangeStep;
  /** The server that was asked last; `null` before the first. */
  asked(): string | null;
  readonly retryLimit: number;
  send(command: RecordCommand): void;
  /** Resolves when the exchanges and the settlement begun so far have put their things in order. */
  quiet(): Promise<void>;
  /** Stop without settling; resolves when nothing of it touches a port any more. */
  stop(): Promise<void>;
}

export function createRecordRun(
  services: ExchangeServices,
  owner: RecordOwner,
  initial: RecordRow,
  online: boolean,
): RecordRun {
  const { ports, options } = services;
  const retryPolicy = owner.retry ?? options.retry;
  let row = initial;
  /** Stored, and named by no row until the record fails. */
  let pendingRefusal: Refusal | null = null;
  let discarded = 0;
  let overlap = mostOverlap;
  let need: number | null = null;
  /** The bodies whose bytes this process has written, or looked at. */
  const examined = new Set<string>();
  let step: ExchangeStep = "connecting";
  let asked: string | null = null;
  let sinceMs = ports.clock.now();
  let announced: Pick<RecordRow, "response" | "generation"> | null = null;
  let quiet: Promise<void> = Promise.resolve();
  /** Stored bytes when the last real progress was made: many small receipts add up to one. */
  let milestone = storedLength(initial);

  async function update(patch: Partial<RecordRow>): Promise<void> {
    const before = row;
    row = { ...row, ...patch };
    try {
      await owner.commit(before, row);
    } catch (error) {
      // As the journal has it: what was not committed must not be counted with the next commit.
      const undone = Object.keys(patch).map((key) => [key, before[key as keyof RecordRow]]);
      row = { ...row, ...Object.fromEntries(undone) };
      throw error;
    }
  }

  const record: ExchangeRecord = {
    row: () => row,
    enter(next) {
      step = next;
    },
    enterAsking(origin) {
      step = "asking";
      asked = origin;
    },
    async checkpoint(generation, response, emit) {
      const before = row;
      examined.add(generation.bodyId);
      await update({ generation, response, kept: keptBeside(before, generation) });
      need = null;
      emit({ type: "exchange.checkpoint", receipt: receiptOf(generation) });
      void forgetBodies(before);
    },
    async note(body) {
      const note: BodyNote = { v: 1, registration: owner.row, record: row };
      // Without it a store that loses its journal would have to fetch these bytes again: no reason to stop.
      await body
        .note(note as unknown as JournalValue)
        .catch((error: unknown) => owner.onFault(error, "noting beside a body whose it is"));
    },
    unexamined() {
      const held = [row.movedOut || isPast(row.generation) ? null : row.generation, row.kept?.generation ?? null];
      return held.find((each) => each !== null && !examined.has(each.bodyId)) ?? null;
    },
    async examined(generation, received) {
      const unchanged = received.at(-1)?.end === generation.received.at(-1)?.end;
      if (unchanged) return void examined.add(generation.bodyId);
      const sentence = `Of the bytes stored for record ${row.index} not all are there as they were written`;
      owner.onFault(new LonghaulError("LONGHAUL_BODY_FAILED", sentence), "checking what is stored");
      const before = row;
      await update(withReceived(row, { ...generation, received }));
      // Not before: what could not be committed must be looked at again, not believed.
      examined.add(generation.bodyId);
      milestone = storedLength(row);
      void forgetBodies(before);
    },
    distrust: () => examined.clear(),
    onFault: (error, during) => owner.onFault(error, during),
    rememberRefusal(refusal) {
      forgetRefusal();
      pendingRefusal = refusal;
    },
    retryLimit: retryPolicy.limit,
    allowance: () => owner.allowance() + exposedLength(row),
    rememberSent: () => update({ sent: true }),
    rememberMoved() {
      row = { ...row, movedOut: true };
    },
    async discardGeneration() {
      discarded += 1;
      await drop({ generation: null, response: null });
      return discarded;
    },
    mostOverlap: () => overlap,
    narrowOverlap() {
      overlap = narrowedOverlap(overlap);
    },
    async forgetKept() {
      await drop({ kept: null });
    },
    async makeRoom(bodyId) {
      await drop({
        ...(row.kept?.generation.bodyId === bodyId ? {} : { kept: null }),
        ...(row.generation?.bodyId === bodyId ? {} : { generation: null, response: null }),
      });
    },
    rememberNeed(bytes) {
      need = bytes;
    },
    needed: () => need,
    announce(arriving) {
      announced = arriving;
      if (arriving !== null) owner.onArrival();
    },
    rememberUploaded(uploaded) {
      const more = uploaded - row.uploaded;
      row = { ...row, uploaded };
      owner.onUploaded(more);
    },
    afterEarlier(work) {
      const done = quiet.then(work);
      quiet = done.catch(() => undefined);
      return done;
    },
  };

  async function drop(patch: Partial<RecordRow>): Promise<void> {
    const before = row;
    await update(patch);
    milestone = Math.min(milestone, storedLength(row));
    await forgetBodies(before);
  }

  const isPast = (generation: Generation | null): boolean =>
    isUseless(generation) && !examined.has(generation?.bodyId ?? "");

  function receiptOf(generation: Generation): Receipt {
    const stored = storedLength(row);
    const { total } = generation.representation;
    milestone = Math.min(milestone, stored);
    const progressed = stored === total || isRealProgress(stored - milestone, total);
    if (progressed) milestone = stored;
    return { stored, total, progressed };
  }

  /** The row no longer names them: their bytes can never be used again. */
  async function forgetBodies(before: RecordRow): Promise<void> {
    if (before.generation === row.generation && before.kept === row.kept) return;
    const named = bodyIdsOf(row);
    await Promise.all(bodyIdsOf(before).map((bodyId) => (named.includes(bodyId) ? null : remove(bodyId))));
  }

  function remove(bodyId: string): Promise<void> {
    return ports.bodies.remove(bodyId).catch((error: unknown) => owner.onFault(error, "removing an outdated body"));
  }

  function rememberDeadline(deadline: Deadline | null): void {
    if (deadline === row.deadline) return;
    update({ deadline }).catch((error: unknown) => {
      if (!services.closing.aborted) owner.onFault(error, "committing a server's Retry-After");
    });
  }

  function forgetRefusal(): void {
    if (pendingRefusal !== null) void remove(pendingRefusal.bodyId);
    pendingRefusal = null;
  }

  function settle(end: RecordEnd, failure: ExchangeFailure | null): void {
    if (end !== "failure" || failure?.reason !== "bad-status") forgetRefusal();
    const refusal = pendingRefusal;
    const commit = (): Promise<void> => update({ state: end, failure: end === "success" ? null : failure, refusal });
    const onFault = (error: unknown): void => owner.onFault(error, "committing the end of a record");
    quiet = quiet
      .then(() => insist(services, commit, onFault))
      .then(
        () => owner.onSettled(run, end),
        // The engine closes: the next one settles it.
        () => undefined,
      );
  }

  const actor: RecordActor = createRecord(
    {
      recordId: String(row.index),
      repeatable: isRepeatable(row),
      online,
      retryPolicy,
      waitsForRoom: options.whenFull === "wait",
      deadline: row.deadline,
    },
    {
      clock: ports.clock,
      exchange: (input) => exchange(services, record, input),
      onState(status) {
        // Until the exchange says more: the last one's step is not this one's.
        step = "connecting";
        sinceMs = ports.clock.now();
        rememberDeadline(status.deadline);
        owner.onState(row, status);
      },
      onSettled: settle,
    },
  );
  const run: RecordRun = {
    start: actor.start,
    row: () => row,
    seen() {
      if (announced !== null && announced.generation?.bodyId !== row.generation?.bodyId)
        return { ...row, ...announced };
      return isPast(row.generation) ? withoutUseless(row) : row;
    },
    status: actor.status,
    sinceMs: () => sinceMs,
    step: () => step,
    asked: () => asked,
    retryLimit: retryPolicy.limit,
    send: actor.send,
    quiet: () => quiet,
    stop() {
      actor.stop();
      return quiet;
    },
  };
  return run;
}

import type { FailureReason } from "../models/failure-reason.ts";
import { withoutUseless } from "../models/kept-generation.ts";
import { type RecordRow, storedLength } from "../models/record-row.ts";
import type { FetchPriority, RegistrationRow } from "../models/registration-row.ts";
import { reasonOf } from "../models/registration-totals.ts";
import type { RetryPolicy } from "../models/retry-policy.ts";
import { originOf, shownUrl } from "../models/url-origin.ts";
import type { EngineServices } from "./engine-services.ts";
import type { Telling } from "./functional-events.ts";
import { insist } from "./insist.ts";
import { createParking, type Parking } from "./parking.ts";
import type { NetworkState } from "./ports/connectivity.ts";
import { progressNotice, progressOf } from "./progress-notice.ts";
import { type ProgressStream, startProgress } from "./progress-stream.ts";
import type { RecordEnd, RecordStatus } from "./record-actor.ts";
import { createRecordRun, type RecordOwner, type RecordRun } from "./record-run.ts";
import { type RegistrationActor, startRegistration } from "./registration-actor.ts";
import { createLedger, type RegistrationLedger } from "./registration-ledger.ts";
import { createRowFeed, type RowFeed } from "./row-feed.ts";
import type { Schedulable } from "./scheduler.ts";

/**
 * One registration that is not yet released: its row, its chart, and those of its records that are worked on.
 *
 * Every change of its row and of its records' rows goes through its ledger.
 */
export class RegistrationRun implements Schedulable, RecordOwner {
  readonly uid: number;
  readonly retry: RetryPolicy | null;
  readonly priority: FetchPriority;
  readonly #services: EngineServices;
  readonly #records = new Map<number, RecordRun>();
  readonly #parking: Parking;
  readonly #feed: RowFeed;
  readonly #actor: RegistrationActor;
  readonly #progress: ProgressStream;
  readonly #watchers = new Set<() => void>();
  readonly #ledger: RegistrationLedger;
  #admitted = false;
  #telling: Telling | null = null;
  #sinceMs: number;

  constructor(services: EngineServices, row: RegistrationRow, startPaused: boolean) {
    this.#services = services;
    this.uid = row.uid;
    this.retry = row.retry;
    this.priority = row.priority;
    this.#sinceMs = services.ports.clock.now();
    const { ports, journal, options } = services;
    this.#feed = createRowFeed(
      (from, limit) =>
        insist(
          services,
          () => journal.records(row.uid, from, limit),
          (error) => this.onFault(error, "reading records"),
        ),
      row.cursor,
      () => this.#admit(),
    );
    this.#ledger = createLedger(services, row, () => this.#feed.position());
    this.#parking = createParking(
      () => this.#records.size,
      (change) => services.scheduler.count(change),
      () => this.#admit(),
    );
    this.#progress = startProgress(ports.clock, options.progressMs, (changed) => {
      services.events.emit("registration.progress", progressNotice(this.row, changed));
      this.#notify();
    });
    this.#actor = startRegistration(
      {
        id: row.id,
        records: row.records,
        settled: row.settled,
        failureReason: row.failureReason,
        decided: row.phase === "settled",
        paused: row.paused || startPaused,
        online: ports.connectivity.state === "online",
      },
      {
        clock: ports.clock,
        admitRecords: () => {
          this.#admitted = true;
          this.#admit();
        },
        holdRecords: () => {
          this.#admitted = false;
          services.scheduler.hold(this);
        },
        pauseRecords: () => this.#tellRecords("record.pause"),
        resumeRecords: () => this.#tellRecords("record.resume"),
        abortRecords: () => this.#tellRecords("record.abort"),
        delivery: ({ end, failureReason }) => services.deliver(this, end, failureReason),
        onState: (state, failureReason) => this.#announce(state, failureReason),
      },
    );
  }

  get row(): RegistrationRow {
    return this.#ledger.row();
  }

  get state(): string {
    return this.#actor.state();
  }

  /** Since when it is in its state, in milliseconds since 1970. */
  get sinceMs(): number {
    return this.#sinceMs;
  }

  /** The records that are worked on. */
  atWork(): Iterable<RecordRun> {
    return this.#records.values();
  }

  /** What keeps the next record from being begun: how many are parked, or the origin whose connections are all in use. */
  obstacle(): number | string | null {
    const next = this.#feed.peek();
    const busy = next !== undefined && this.#services.slots.isBusy(originOf(next.url));
    return this.#parking.crowd() ?? (busy ? originOf(next.url) : null);
  }

  /** What the event that tells of the end waits for; `null` before it may be told, and after it was. */
  get telling(): Telling | null {
    return this.#telling;
  }

  enterTelling(telling: Telling | null): void {
    this.#telling = telling;
  }

  start(): void {
    this.#actor.send({ type: "registration.start" });
  }

  async pause(): Promise<void> {
    if (this.#actor.settled()) return;
    this.#actor.send({ type: "registration.pause" });
    await this.patch({ paused: true });
    const pausing = [...this.#records.values()].filter((run) => run.status().state === "paused");
    await Promise.all(pausing.map((run) => run.quiet()));
    this.#notify();
  }

  async resume(): Promise<void> {
    if (this.#actor.settled()) return;
    // In one turn, as in pause(): of two calls the later one decides what is done and what is stored.
    this.#actor.send({ type: "registration.resume" });
    if (this.row.paused) await this.patch({ paused: false });
  }

  /** Durable once it resolves; to `false` if it had settled already. */
  async abort(): Promise<boolean> {
    if (this.#actor.settled()) return false;
    this.#actor.send({ type: "registration.abort" });
    // The end is on its way to the journal already; this is behind it, in the same transaction.
    await this.patch({});
    return true;
  }

  network(state: NetworkState): void {
    const type = state === "online" ? "network.online" : "network.offline";
    for (const run of this.#records.values()) run.send(type);
    this.#actor.send({ type });
  }

  /** A record's row as it is now, whether it is worked on or waits. */
  async record(index: number): Promise<RecordRow | null> {
    const live = this.live(index);
    if (live !== undefined) return live;
    const row = await this.#services.journal.record(this.uid, index);
    return row === null ? null : withoutUseless(row);
  }

  /** The same, if it is worked on. */
  live(index: number): RecordRow | undefined {
    return this.#records.get(index)?.seen();
  }

  /** Call `listener` after each change of rows, at the pace of progress, until the returned function is called. */
  watch(listener: () => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  async patch(patch: Partial<RegistrationRow>): Promise<void> {
    await this.#ledger.patch(patch);
    this.#notify();
  }

  /** Stop everything without settling anything; resolves when nothing of it touches a port any more. */
  async stop(): Promise<void> {
    this.#services.scheduler.hold(this);
    this.#actor.stop();
    // Whoever waits for more of a body must be told that no more will come.
    this.#notify();
    await Promise.all([...this.#records.values()].map((run) => run.stop()));
    this.#progress.end();
  }

  /** Resolves once every record that was worked on has settled. */
  async drained(): Promise<void> {
    await Promise.all([...this.#records.values()].map((run) => run.quiet()));
    this.#progress.end();
  }

  startNext(): boolean {
    // Held by one of those who were told that its last record has started.
    if (!this.#admitted) return false;
    if (this.#parking.isFull()) return false;
    const row = this.#feed.peek();
    if (row === undefined) return false;
    const { slots } = this.#services;
    const origin = originOf(row.url);
    if (slots.isCrowded(origin)) {
      slots.whenRoom(origin, () => this.#admit());
      return false;
    }
    this.#feed.advance();
    const online = this.#services.ports.connectivity.state === "online";
    const run = createRecordRun(this.#services, this, row, online);
    this.#ledger.open(row.index);
    this.#records.set(row.index, run);
    run.start();
    return true;
  }

  async commit(before: RecordRow, after: RecordRow): Promise<void> {
    await this.#ledger.commit(before, after);
    this.#progress.push(progressOf(after));
  }

  allowance(): number {
    return this.#ledger.allowance();
  }

  onState(row: RecordRow, status: RecordStatus): void {
    this.#parking.mark(row.index, status.state === "exchanging");
    this.#services.events.emit("record.state", { ...this.#names(row), ...status });
    this.#progress.push(null);
  }

  onSettled(run: RecordRun, end: RecordEnd): void {
    const row = run.row();
    this.#records.delete(row.index);
    this.#parking.mark(row.index, false);
    const { destination, failure } = row;
    this.#services.events.emit("record.settled", {
      ...this.#names(row),
      state: end,
      stored: storedLength(row),
      lengthProven: row.generation?.lengthProven !== false,
      destination,
      failure,
    });
    this.#actor.send({ type: "record.settled", failureReason: reasonOf(row) });
  }

  onArrival(): void {
    this.#progress.push(null);
  }

  onUploaded(bytes: number): void {
    this.#ledger.count({ uploaded: this.row.uploaded + bytes });
    this.#progress.push(null);
  }

  onFault(error: unknown, during: string): void {
    this.#services.events.emit("fault", { error, during });
  }

  #admit(): void {
    if (this.#admitted) this.#services.scheduler.admit(this);
  }

  #tellRecords(type: "record.pause" | "record.resume" | "record.abort"): void {
    for (const run of this.#records.values()) run.send(type);
  }

  #names(row: RecordRow): { readonly id: string; readonly uid: number; readonly index: number; readonly url: string } {
    return { id: this.row.id, uid: this.uid, index: row.index, url: shownUrl(row.url) };
  }

  #announce(state: string, failureReason: FailureReason | null): void {
    this.#sinceMs = this.#services.ports.clock.now();
    this.#services.events.emit("registration.state", { id: this.row.id, uid: this.uid, state, failureReason });
    this.#notify();
  }

  #notify(): void {
    for (const listener of this.#watchers) listener();
  }
}

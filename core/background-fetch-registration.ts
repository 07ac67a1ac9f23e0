import type { FailureReason, FetchResult } from "../models/failure-reason.ts";
import { type CacheQueryOptions, type RequestQuery, requestMatches } from "../models/request-match.ts";
import { BackgroundFetchRecord } from "./background-fetch-record.ts";
import type { EngineServices } from "./engine-services.ts";
import { queryOf, type RequestInput } from "./intake.ts";
import type { RegistrationRun } from "./registration-run.ts";

const pageSize = 1_000;

/** One background fetch (specification: `BackgroundFetchRegistration`). The same object for as long as it is not released. */
export class BackgroundFetchRegistration extends EventTarget {
  readonly id: string;
  readonly uploadTotal: number;
  readonly downloadTotal: number;
  readonly #run: RegistrationRun;
  readonly #services: EngineServices;
  #seen: Seen;
  #onprogress: ((event: Event) => unknown) | null = null;

  /** Made by the manager alone. */
  constructor(run: RegistrationRun, services: EngineServices) {
    super();
    this.#run = run;
    this.#services = services;
    this.id = run.row.id;
    this.uploadTotal = run.row.uploadTotal;
    this.downloadTotal = run.row.downloadTotal;
    this.#seen = seenOf(run);
    run.watch(() => this.#look());
  }

  /** Bytes of request bodies that went out. */
  get uploaded(): number {
    return this.#seen.uploaded;
  }

  /** Bytes of response bodies that are stored for good; falls only when a response had to be restarted. */
  get downloaded(): number {
    return this.#seen.downloaded;
  }

  get result(): FetchResult {
    return this.#seen.result;
  }

  get failureReason(): FailureReason | "" {
    return this.#seen.failureReason;
  }

  /** Whether `match()` works: until the final event's handlers have finished. */
  get recordsAvailable(): boolean {
    return this.#run.row.phase !== "released";
  }

  get onprogress(): ((event: Event) => unknown) | null {
    return this.#onprogress;
  }

  set onprogress(handler: ((event: Event) => unknown) | null) {
    if (this.#onprogress !== null) this.removeEventListener("progress", this.#onprogress);
    this.#onprogress = handler;
    if (handler !== null) this.addEventListener("progress", handler);
  }

  /** Extension: the innermost state of the registration's statechart, such as `"paused-offline"`. */
  get state(): string {
    return this.#run.state;
  }

  /** Stop for ever, durable once it resolves. `true` if this call did it, `false` if it had settled before. */
  async abort(): Promise<boolean> {
    return await this.#run.abort();
  }

  /** Extension: stop for now; what was received is durable once it resolves. Survives a restart. */
  async pause(): Promise<void> {
    await this.#run.pause();
  }

  /** Extension: go on from where `pause()` stopped. */
  async resume(): Promise<void> {
    await this.#run.resume();
  }

  /** The first record that matches. @throws DOMException `InvalidStateError` once the records were let go. */
  async match(request: RequestInput, options: CacheQueryOptions = {}): Promise<BackgroundFetchRecord | undefined> {
    for await (const record of this.#matches(request, options)) return record;
    return undefined;
  }

  /** All that match, or all. @throws DOMException `InvalidStateError` once the records were let go. */
  async matchAll(request?: RequestInput, options: CacheQueryOptions = {}): Promise<BackgroundFetchRecord[]> {
    const found: BackgroundFetchRecord[] = [];
    for await (const record of this.#matches(request, options)) found.push(record);
    return found;
  }

  async *#matches(
    request: RequestInput | undefined,
    options: CacheQueryOptions,
  ): AsyncGenerator<BackgroundFetchRecord, void> {
    if (!this.recordsAvailable) throw new DOMException("The records are no longer available", "InvalidStateError");
    const { journal, ports, options: engine } = this.#services;
    const query: RequestQuery | null = request === undefined ? null : queryOf(request, engine.baseURL);
    const run = this.#run;
    for (let from = 0; from < run.row.records; from += pageSize) {
      for (const row of await journal.records(run.uid, from, pageSize)) {
        if (query !== null && !requestMatches(query, row, options)) continue;
        const view = {
          row: () => run.record(row.index),
          over: () => run.row.phase !== "active",
          watch: (listener: () => void) => run.watch(listener),
          closing: this.#services.closing,
        };
        yield new BackgroundFetchRecord(row, view, ports.bodies);
      }
    }
  }

  /** The specification's progress event: when one of the four has changed, and not otherwise. */
  #look(): void {
    const before = this.#seen;
    const now = seenOf(this.#run);
    this.#seen = now;
    const same =
      now.downloaded === before.downloaded &&
      now.uploaded === before.uploaded &&
      now.result === before.result &&
      now.failureReason === before.failureReason;
    if (!same) this.dispatchEvent(new Event("progress"));
  }
}

interface Seen {
  readonly downloaded: number;
  readonly uploaded: number;
  readonly result: FetchResult;
  readonly failureReason: FailureReason | "";
}

function seenOf({ row }: RegistrationRun): Seen {
  const { downloaded, uploaded, phase, failureReason } = row;
  if (phase === "active") return { downloaded, uploaded, result: "", failureReason: "" };
  const result = failureReason === null ? "success" : "failure";
  return { downloaded, uploaded, result, failureReason: failureReason ?? "" };
}

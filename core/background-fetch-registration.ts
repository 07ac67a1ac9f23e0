import type { FailureReason, FetchResult } from "../models/failure-reason.ts";
import { type CacheQueryOptions, type RequestQuery, requestMatches } from "../models/request-match.ts";
import { BackgroundFetchRecord } from "./background-fetch-record.ts";
import type { EngineServices } from "./engine-services.ts";
import { createEventHandler, type EventHandler } from "./event-handler.ts";
import { queryOf, type RequestInput, toRequestInfo } from "./intake.ts";
import type { RegistrationRun } from "./registration-run.ts";
import { asAbortError, invalidState } from "./spec-errors.ts";
import { toBoolean } from "./webidl/conversions.ts";
import { toDictionary } from "./webidl/dictionary.ts";
import { assertArguments, assertInternal, defineInterface, internal } from "./webidl/interface.ts";

const pageSize = 1_000;

const toCacheQueryOptions = toDictionary<CacheQueryOptions>({
  ignoreMethod: toBoolean,
  ignoreSearch: toBoolean,
  ignoreVary: toBoolean,
});

/** One background fetch (specification: `BackgroundFetchRegistration`). The same object for as long as it is not released. */
export class BackgroundFetchRegistration extends EventTarget {
  readonly #run: RegistrationRun;
  readonly #services: EngineServices;
  #seen: Seen;
  readonly #onprogress = createEventHandler<Event>(this, "progress");

  /** Made by the manager alone. */
  constructor(token: symbol, run: RegistrationRun, services: EngineServices) {
    assertInternal(token);
    super();
    this.#run = run;
    this.#services = services;
    this.#seen = seenOf(run);
    run.watch(() => this.#look());
  }

  get id(): string {
    return this.#run.row.id;
  }

  /** Bytes of all request bodies. */
  get uploadTotal(): number {
    return this.#run.row.uploadTotal;
  }

  /** As given to `fetch()`: bytes, 0 for no limit. */
  get downloadTotal(): number {
    return this.#run.row.downloadTotal;
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

  get onprogress(): EventHandler<Event> {
    return this.#onprogress.get();
  }

  set onprogress(handler: EventHandler<Event>) {
    this.#onprogress.set(handler);
  }

  /** Extension: the innermost state of the registration's statechart, such as `"paused-offline"`. */
  get state(): string {
    return this.#run.state;
  }

  /**
   * Stop for ever, durable once it resolves. `true` if this call did it, `false` if it had settled before.
   *
   * @throws DOMException `AbortError` if the engine is closed, or its store broke.
   */
  async abort(): Promise<boolean> {
    return await specified(() => this.#run.abort(), this.#services);
  }

  /** Extension: stop for now; what was received is durable once it resolves. Survives a restart. */
  async pause(): Promise<void> {
    await this.#run.pause();
  }

  /** Extension: go on from where `pause()` stopped. */
  async resume(): Promise<void> {
    await this.#run.resume();
  }

  /**
   * The first record that matches, or `undefined`.
   *
   * @throws DOMException `InvalidStateError` once the records were let go; `AbortError` if the engine is closed, or its
   * store broke.
   */
  async match(request: RequestInput, options: CacheQueryOptions = {}): Promise<BackgroundFetchRecord | undefined> {
    const services = this.#services;
    // biome-ignore lint/complexity/noArguments: WebIDL counts arguments
    assertArguments(arguments, 1, "match()");
    const query = queryOf(toRequestInfo(request, "request"), services.options.baseURL);
    const wanted = toCacheQueryOptions(options, "options");
    return await specified(async () => {
      for await (const record of this.#matches(query, wanted)) return record;
      return undefined;
    }, services);
  }

  /** All that match, or all. @throws DOMException as {@link match}. */
  async matchAll(
    request: RequestInput | undefined = undefined,
    options: CacheQueryOptions = {},
  ): Promise<BackgroundFetchRecord[]> {
    const services = this.#services;
    const { baseURL } = services.options;
    const query = request === undefined ? null : queryOf(toRequestInfo(request, "request"), baseURL);
    const wanted = toCacheQueryOptions(options, "options");
    return await specified(async () => {
      const found: BackgroundFetchRecord[] = [];
      for await (const record of this.#matches(query, wanted)) found.push(record);
      return found;
    }, services);
  }

  async *#matches(query: RequestQuery | null, options: CacheQueryOptions): AsyncGenerator<BackgroundFetchRecord, void> {
    if (!this.recordsAvailable) throw invalidState("The records are no longer available");
    const { journal, ports } = this.#services;
    const run = this.#run;
    for (let from = 0; from < run.row.records; from += pageSize) {
      for (const row of await journal.records(run.uid, from, pageSize)) {
        const seen = run.live(row.index) ?? row;
        if (query !== null && !requestMatches(query, seen, options)) continue;
        const view = {
          row: () => run.record(row.index),
          available: () => this.recordsAvailable,
          over: () => run.row.phase !== "active",
          watch: (listener: () => void) => run.watch(listener),
          closing: this.#services.closing,
        };
        yield new BackgroundFetchRecord(internal, row, view, ports.bodies);
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

defineInterface("BackgroundFetchRegistration", BackgroundFetchRegistration, 0);

/** Do what a method of the specification does, with the exceptions that it has. */
async function specified<T>(act: () => Promise<T>, { closing }: EngineServices): Promise<T> {
  try {
    closing.throwIfAborted();
    return await act();
  } catch (error) {
    throw asAbortError(error);
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

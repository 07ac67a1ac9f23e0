import { EventEmitter } from "eventemitter3";
import type { FailureReason } from "../models/failure-reason.ts";
import type { RegistrationEnd } from "../models/registration.machine.ts";
import type { RegistrationRow } from "../models/registration-row.ts";
import { BackgroundFetchEvent, type BackgroundFetchEventType } from "./background-fetch-event.ts";
import { BackgroundFetchManager } from "./background-fetch-manager.ts";
import { BackgroundFetchUpdateUIEvent } from "./background-fetch-update-ui-event.ts";
import { createBodyIds } from "./body-ids.ts";
import { createConnectionSlots } from "./connection-slots.ts";
import { connectivityStream } from "./connectivity-stream.ts";
import type { EngineEvents } from "./engine-events.ts";
import type { EnginePorts } from "./engine-ports.ts";
import type { EngineServices } from "./engine-services.ts";
import { LonghaulError } from "./errors.ts";
import { FunctionalEventTarget } from "./functional-events.ts";
import { createHeard } from "./heard.ts";
import { openJournal, putRegistration } from "./journal.ts";
import { type EngineOptions, resolveOptions } from "./options.ts";
import type { LockLease } from "./ports/lock.ts";
import { RegistrationRun } from "./registration-run.ts";
import { releaseRecords } from "./release.ts";
import { collectGarbage, type Restored, restore } from "./restore.ts";
import { createScheduler } from "./scheduler.ts";

const eventTypes: { readonly [end in RegistrationEnd]: BackgroundFetchEventType } = {
  success: "backgroundfetchsuccess",
  failure: "backgroundfetchfail",
  aborted: "backgroundfetchabort",
};

/**
 * Runs background fetches over a store.
 *
 * Functional events (`backgroundfetchsuccess` and so on) are dispatched at the engine itself, once somebody listens;
 * `events` has the engine's own notifications.
 */
export class Engine extends FunctionalEventTarget implements AsyncDisposable {
  readonly backgroundFetch: BackgroundFetchManager;
  readonly events: EventEmitter<EngineEvents> = new EventEmitter();
  readonly #lease: LockLease;
  readonly #services: EngineServices;
  readonly #runs = new Map<number, RegistrationRun>();
  readonly #retained = new Map<string, RegistrationRow>();
  readonly #closing = new AbortController();
  #nextUid = 1;
  #garbage: Promise<void> = Promise.resolve();
  #closed: Promise<void> | null = null;

  /** Made by {@link createEngine} alone. */
  constructor(ports: EnginePorts, options: EngineOptions, lease: LockLease) {
    super();
    const resolved = resolveOptions(options);
    this.#lease = lease;
    this.#services = {
      ports,
      options: resolved,
      journal: openJournal(ports.journal, lease.fence),
      slots: createConnectionSlots(resolved.perOrigin),
      heard: createHeard(ports.clock),
      newBodyId: createBodyIds(ports.random),
      scheduler: createScheduler(resolved.maxActive),
      events: this.events,
      deliver: (run, end, failureReason) => this.#deliver(run, end, failureReason),
    };
    this.backgroundFetch = new BackgroundFetchManager({
      services: this.#services,
      assertOpen: () => this.#assertOpen(),
      nextUid: () => this.#nextUid++,
      predecessor: (id) => this.#predecessor(id),
      adopt: (row) => this.#adopt(row, false),
    });
    const watching = connectivityStream(ports.connectivity).subscribe((state) => {
      this.events.emit("network.state", state);
      for (const run of this.#runs.values()) run.network(state);
    });
    this.#closing.signal.addEventListener("abort", () => watching.unsubscribe());
    lease.lost.addEventListener("abort", () => void this.close());
  }

  /** @internal Take up what the store holds. */
  async start(): Promise<void> {
    const { bodies } = this.#services.ports;
    const bodyIds = new Set<string>();
    for await (const bodyId of bodies.list()) bodyIds.add(bodyId);
    const restored = await restore(this.#services);
    this.#nextUid = restored.nextUid;
    for (const row of restored.history) if (row.retained) this.#retained.set(row.id, row);
    this.#garbage = this.#collect(restored, bodyIds);
    const { startRestored } = this.#services.options;
    for (const row of restored.unreleased) this.#adopt(row, !startRestored).start();
  }

  /**
   * Let go of what a failed registration left behind (option `keepFailed`). `false` if there is nothing of this id.
   */
  async forget(id: string): Promise<boolean> {
    this.#assertOpen();
    const row = await this.#predecessor(id);
    if (row === null) return false;
    const forgotten = { ...row, retained: false };
    await this.#services.journal.commit([putRegistration(forgotten)]);
    await releaseRecords(this.#services, forgotten);
    return true;
  }

  /** Stop, keeping everything for the next start. What was received is durable once it resolves. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#runs.values()].map((run) => run.stop()));
    await this.#garbage;
    await closePorts(this.#services.ports);
    await this.#lease[Symbol.asyncDispose]();
  }

  #assertOpen(): void {
    if (this.#closed !== null) throw new LonghaulError("LONGHAUL_ENGINE_CLOSED", "The engine is closed");
  }

  #adopt(row: RegistrationRow, startPaused: boolean): RegistrationRun {
    const run = new RegistrationRun(this.#services, row, startPaused);
    this.#runs.set(row.uid, run);
    if (row.phase === "active") this.backgroundFetch.activate(run);
    return run;
  }

  async #predecessor(id: string): Promise<RegistrationRow | null> {
    const row = this.#retained.get(id);
    if (row === undefined) return null;
    // The collector must not meet bodies that change hands: it would take them for nobody's.
    await this.#garbage;
    this.#retained.delete(id);
    return row;
  }

  async #collect(restored: Restored, bodyIds: ReadonlySet<string>): Promise<void> {
    try {
      await collectGarbage(this.#services, restored, bodyIds, this.#closing.signal);
    } catch (error) {
      this.events.emit("fault", { error, during: "removing what an earlier run left behind" });
    }
  }

  /** Durable first, then the id is free, then the event, then everything goes. */
  async #deliver(run: RegistrationRun, end: RegistrationEnd, failureReason: FailureReason | null): Promise<void> {
    if (run.row.phase === "active") await run.patch({ phase: "settled", failureReason, paused: false });
    this.backgroundFetch.deactivate(run);
    const registration = this.backgroundFetch.registrationOf(run);
    const init = { registration };
    const event =
      end === "aborted"
        ? new BackgroundFetchEvent(eventTypes[end], init)
        : new BackgroundFetchUpdateUIEvent(eventTypes[end], init, ({ title, icons }) =>
            run.patch({ title: title ?? run.row.title, icons: icons ?? run.row.icons }),
          );
    await run.drained();
    await this.lease(event);
    const retained = this.#services.options.keepFailed && end === "failure";
    await run.patch({ phase: "released", retained });
    if (retained) this.#retained.set(run.row.id, run.row);
    else await releaseRecords(this.#services, run.row);
    this.#runs.delete(run.uid);
  }
}

/**
 * Open an engine over these ports and take up what their store holds. Closing it closes the ports.
 *
 * @throws LonghaulError `LONGHAUL_LOCK_HELD` if another engine runs on the store.
 * @throws TypeError if an option is wrong.
 */
export async function createEngine(ports: EnginePorts, options: EngineOptions = {}): Promise<Engine> {
  let engine: Engine | undefined;
  try {
    engine = new Engine(ports, options, await ports.lock.acquire());
    await engine.start();
    return engine;
  } catch (error) {
    await (engine === undefined ? closePorts(ports) : engine.close());
    throw error;
  }
}

async function closePorts({ connectivity, transport, bodies, journal }: EnginePorts): Promise<void> {
  for (const port of [connectivity, transport, bodies, journal]) await port[Symbol.asyncDispose]();
}

import type { EventEmitter } from "eventemitter3";
import type { FailureReason } from "../models/failure-reason.ts";
import type { RegistrationEnd } from "../models/registration.machine.ts";
import type { RegistrationRow } from "../models/registration-row.ts";
import { type ActiveFetches, createActiveFetches } from "./active-fetches.ts";
import { type Asked, admit } from "./admission.ts";
import type { BackgroundFetchEvent } from "./background-fetch-event.ts";
import { BackgroundFetchManager } from "./background-fetch-manager.ts";
import { createBodyIds } from "./body-ids.ts";
import { createConnectionSlots } from "./connection-slots.ts";
import { connectivityStream } from "./connectivity-stream.ts";
import { deliver } from "./delivery.ts";
import { createDisplay, type Display } from "./display.ts";
import type { EngineEvents } from "./engine-events.ts";
import type { EngineServices } from "./engine-services.ts";
import { LonghaulError } from "./errors.ts";
import { explain } from "./explain.ts";
import type { Explanation } from "./explanation.ts";
import { FunctionalEventTarget } from "./functional-events.ts";
import { createHeard } from "./heard.ts";
import { openJournal } from "./journal.ts";
import { Notifications } from "./notifications.ts";
import { type EngineOptions, resolveOptions } from "./options.ts";
import type { EnginePorts } from "./ports/engine-ports.ts";
import type { LockLease } from "./ports/lock.ts";
import { RegistrationRun } from "./registration-run.ts";
import { collectGarbage, type Restored, restore } from "./restore.ts";
import { createRetained, type Retained } from "./retained.ts";
import { type Salvage, salvage } from "./salvage.ts";
import { createScheduler } from "./scheduler.ts";
import { internal } from "./webidl/interface.ts";

/**
 * Runs background fetches over a store.
 *
 * Functional events (`backgroundfetchsuccess` and so on) are dispatched at the engine itself, once somebody listens;
 * `events` has the engine's own notifications.
 */
export class Engine extends FunctionalEventTarget implements AsyncDisposable {
  readonly backgroundFetch: BackgroundFetchManager;
  readonly events: EventEmitter<EngineEvents> = new Notifications();
  readonly #lease: LockLease;
  readonly #services: EngineServices;
  readonly #active: ActiveFetches;
  readonly #runs = new Map<number, RegistrationRun>();
  readonly #retained: Retained;
  readonly #display: Display;
  readonly #admissions = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();
  #salvage: Salvage | null = null;
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
      closing: this.#closing.signal,
      scheduler: createScheduler(resolved.maxActive),
      events: this.events,
      deliver: (run, end, failureReason) => this.#deliver(run, end, failureReason),
    };
    this.#retained = createRetained(this.#services);
    this.#active = createActiveFetches(this.#services);
    this.backgroundFetch = new BackgroundFetchManager(internal, {
      services: this.#services,
      active: this.#active,
      admit: (asked) => this.#admit(asked),
    });
    this.#display = createDisplay({
      services: this.#services,
      active: this.#active,
      dispatch: (event) => this.dispatchNow(event),
    });
    const watching = connectivityStream(ports.connectivity).subscribe((state) => {
      this.events.emit("network.state", state);
      for (const run of this.#runs.values()) run.network(state);
    });
    this.#closing.signal.addEventListener("abort", () => {
      watching.unsubscribe();
      this.#display.close();
    });
    lease.lost.addEventListener("abort", () => {
      this.close().catch((error: unknown) => this.events.emit("fault", { error, during: "closing without the lock" }));
    });
  }

  /**
   * Extension: what was done, when this engine was opened, about a journal that was damaged or lost; `null` if nothing had to
   * be done.
   */
  get salvage(): Salvage | null {
    return this.#salvage;
  }

  /** @internal Take up what the store holds. */
  async start(setAside: string | null): Promise<void> {
    const { bodies } = this.#services.ports;
    const bodyIds = new Set<string>();
    for await (const bodyId of bodies.list()) bodyIds.add(bodyId);
    const salvaged = await salvage(this.#services, bodyIds);
    if (salvaged !== null || setAside !== null) {
      this.#salvage = { setAside, ...(salvaged ?? { quarantined: 0, registrations: 0, bodies: 0, bytes: 0 }) };
    }
    const restored = await restore(this.#services);
    this.#nextUid = restored.nextUid;
    for (const row of restored.history) if (row.retained) await this.#retained.keep(row);
    this.#garbage = this.#collect(restored, bodyIds);
    const { startRestored } = this.#services.options;
    for (const row of restored.unreleased) this.#adopt(row, !startRestored).start();
  }

  /**
   * Let go of what a failed registration left behind (option `keepFailed`). `false` if there is nothing of this id.
   */
  async forget(id: string): Promise<boolean> {
    this.#closing.signal.throwIfAborted();
    const row = await this.#predecessor(id);
    if (row === null) return false;
    try {
      await this.#retained.letGo(row);
    } catch (error) {
      await this.#retained.keep(row);
      throw error;
    }
    return true;
  }

  /**
   * Extension: why the registration of this id, the newest that is not yet released, and its records stand where they
   * stand; `undefined` if there is none.
   *
   * @throws LonghaulError `LONGHAUL_ENGINE_CLOSED`
   */
  async explain(id: string): Promise<Explanation | undefined> {
    this.#closing.signal.throwIfAborted();
    const run = [...this.#runs.values()].filter(({ row }) => row.id === id).at(-1);
    return run && explain(this.#services, run);
  }

  /**
   * Extension: as if the user had clicked what is shown of the newest fetch of this id, running or ended; `false` if there is
   * none (specification, "Automation").
   *
   * @throws LonghaulError `LONGHAUL_ENGINE_CLOSED`
   */
  click(id: string): boolean {
    this.#closing.signal.throwIfAborted();
    return this.#display.click(id);
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
    this.#closing.abort(new LonghaulError("LONGHAUL_ENGINE_CLOSED", "The engine is closed"));
    try {
      const stopping = [...this.#runs.values()].map((run) => run.stop());
      await Promise.allSettled([...stopping, ...this.#admissions, this.#garbage]);
      await closePorts(this.#services.ports);
    } finally {
      await this.#lease[Symbol.asyncDispose]();
    }
  }

  protected override handlerFault(error: unknown): void {
    this.events.emit("fault", { error, during: "a handler of a functional event" });
  }

  #adopt(row: RegistrationRow, startPaused: boolean): RegistrationRun {
    const run = new RegistrationRun(this.#services, row, startPaused);
    this.#runs.set(row.uid, run);
    if (row.phase === "active") this.#active.activate(run);
    this.#display.add(run);
    return run;
  }

  #admit(asked: Asked): Promise<RegistrationRun> {
    const admission = this.#admitNow(asked);
    this.#admissions.add(admission);
    const leave = (): unknown => this.#admissions.delete(admission);
    admission.then(leave, leave);
    return admission;
  }

  async #admitNow(asked: Asked): Promise<RegistrationRun> {
    const predecessor = await this.#predecessor(asked.id);
    let row: RegistrationRow;
    try {
      const uid = this.#nextUid++;
      row = await admit(this.#services, { ...asked, uid, nextUid: () => this.#nextUid, predecessor });
    } catch (error) {
      if (predecessor !== null) await this.#retained.keep(predecessor);
      throw error;
    }
    const run = this.#adopt(row, false);
    // What became durable while the engine closes is started by the next one.
    if (!this.#closing.signal.aborted) run.start();
    return run;
  }

  async #predecessor(id: string): Promise<RegistrationRow | null> {
    const row = this.#retained.take(id);
    // The collector must not meet bodies that change hands: it would take them for nobody's.
    if (row !== null) await this.#garbage;
    return row;
  }

  async #collect(restored: Restored, bodyIds: ReadonlySet<string>): Promise<void> {
    try {
      await collectGarbage(this.#services, restored, bodyIds, this.#closing.signal);
    } catch (error) {
      this.events.emit("fault", { error, during: "removing what an earlier run left behind" });
    }
  }

  async #deliver(run: RegistrationRun, end: RegistrationEnd, failureReason: FailureReason | null): Promise<void> {
    const host = {
      services: this.#services,
      active: this.#active,
      retained: this.#retained,
      lease: (event: BackgroundFetchEvent) =>
        this.lease(event, this.#closing.signal, (telling) => run.enterTelling(telling)),
    };
    await deliver(host, run, end, failureReason);
    this.#runs.delete(run.uid);
    this.#display.remove(run);
  }
}

/**
 * Open an engine over these ports and take up what their store holds. Closing it closes the ports.
 *
 * `setAside` is where a damaged journal was put, if that was done before: see {@link Engine.salvage}.
 *
 * @throws LonghaulError `LONGHAUL_LOCK_HELD` if another engine runs on the store.
 * @throws TypeError if an option is wrong.
 */
export async function createEngine(
  ports: EnginePorts,
  options: EngineOptions = {},
  setAside: string | null = null,
): Promise<Engine> {
  let lease: LockLease | undefined;
  let engine: Engine | undefined;
  try {
    lease = await ports.lock.acquire();
    engine = new Engine(ports, options, lease);
    await engine.start(setAside);
    return engine;
  } catch (error) {
    await (engine === undefined ? closePorts(ports) : engine.close());
    if (engine === undefined) await lease?.[Symbol.asyncDispose]();
    throw error;
  }
}

/** One after the other, each also if one before it could not be closed. */
async function closePorts({ connectivity, notifier, transport, bodies, journal }: EnginePorts): Promise<void> {
  const faults: unknown[] = [];
  for (const port of [connectivity, notifier, transport, bodies, journal]) {
    try {
      await port[Symbol.asyncDispose]();
    } catch (error) {
      faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
}

import type { BackgroundFetchEvent, BackgroundFetchEventType } from "./background-fetch-event.ts";
import type { BackgroundFetchUpdateUIEvent } from "./background-fetch-update-ui-event.ts";
import { createEventHandler, type EventHandler } from "./event-handler.ts";
import { dispatchExtendable, ExtendableEvent, isActive } from "./extendable-event.ts";
import { type AddOptions, type AnyListener, createListenerBook } from "./listener-book.ts";

/** Which event each listener gets. */
export interface FunctionalEventMap extends Record<BackgroundFetchEventType, BackgroundFetchEvent> {
  readonly backgroundfetchsuccess: BackgroundFetchUpdateUIEvent;
  readonly backgroundfetchfail: BackgroundFetchUpdateUIEvent;
}

/** What an event waits for: somebody who listens, or a handler that has not finished. */
export type Telling = "listener" | "handler";

/**
 * The scope's side of functional events: handler attributes as on `ServiceWorkerGlobalScope`, and listeners.
 *
 * An event target that holds a functional event back until somebody listens for it.
 *
 * In a service worker the handlers are there before the worker is started for an event. An embedder adds them after it
 * has opened the engine, so an event that waited for nobody would be lost.
 */
export abstract class FunctionalEventTarget extends EventTarget {
  readonly #book = createListenerBook({
    onFault: (error) => this.handlerFault(error),
    onWork(event, work) {
      // Beyond the specification: an async handler that forgot waitUntil() is waited for all the same.
      if (event instanceof ExtendableEvent && isActive(event)) event.waitUntil(work);
    },
  });
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #onsuccess = createEventHandler<BackgroundFetchUpdateUIEvent>(this, "backgroundfetchsuccess");
  readonly #onfail = createEventHandler<BackgroundFetchUpdateUIEvent>(this, "backgroundfetchfail");
  readonly #onabort = createEventHandler<BackgroundFetchEvent>(this, "backgroundfetchabort");
  readonly #onclick = createEventHandler<BackgroundFetchEvent>(this, "backgroundfetchclick");

  get onbackgroundfetchsuccess(): EventHandler<BackgroundFetchUpdateUIEvent> {
    return this.#onsuccess.get();
  }

  set onbackgroundfetchsuccess(handler: EventHandler<BackgroundFetchUpdateUIEvent>) {
    this.#onsuccess.set(handler);
  }

  get onbackgroundfetchfail(): EventHandler<BackgroundFetchUpdateUIEvent> {
    return this.#onfail.get();
  }

  set onbackgroundfetchfail(handler: EventHandler<BackgroundFetchUpdateUIEvent>) {
    this.#onfail.set(handler);
  }

  get onbackgroundfetchabort(): EventHandler<BackgroundFetchEvent> {
    return this.#onabort.get();
  }

  set onbackgroundfetchabort(handler: EventHandler<BackgroundFetchEvent>) {
    this.#onabort.set(handler);
  }

  get onbackgroundfetchclick(): EventHandler<BackgroundFetchEvent> {
    return this.#onclick.get();
  }

  set onbackgroundfetchclick(handler: EventHandler<BackgroundFetchEvent>) {
    this.#onclick.set(handler);
  }

  override addEventListener<Type extends BackgroundFetchEventType>(
    type: Type,
    listener: (event: FunctionalEventMap[Type]) => unknown,
    options?: AddOptions,
  ): void;
  override addEventListener(type: string, listener: AnyListener | null, options?: AddOptions): void;
  override addEventListener(type: string, listener: AnyListener | null, options?: AddOptions): void {
    if (listener === null) return;
    const call = this.#book.add(type, listener, options);
    if (call === undefined) return;
    super.addEventListener(type, call, options);
    const waiting = this.#waiting.get(type);
    this.#waiting.delete(type);
    for (const wake of waiting ?? []) wake();
  }

  override removeEventListener<Type extends BackgroundFetchEventType>(
    type: Type,
    listener: (event: FunctionalEventMap[Type]) => unknown,
    options?: AddOptions,
  ): void;
  override removeEventListener(type: string, listener: AnyListener | null, options?: AddOptions): void;
  override removeEventListener(type: string, listener: AnyListener | null, options?: AddOptions): void {
    if (listener === null) return;
    // Node removes what a signal had added through this method too, by the name under which it was added.
    super.removeEventListener(type, this.#book.remove(type, listener, options) ?? listener, options);
  }

  /**
   * Resolves once the event's handlers, and what they asked to wait for, have finished. `enter` is told what it waits for.
   *
   * @throws The signal's reason, if it is aborted before anybody listened.
   */
  protected async lease(
    event: BackgroundFetchEvent,
    signal: AbortSignal,
    enter: (telling: Telling) => void,
  ): Promise<void> {
    enter("listener");
    // One listener that was added for one event wakes all that wait, and may be gone when it is their turn.
    while (!this.#book.has(event.type)) await this.#listener(event.type);
    signal.throwIfAborted();
    enter("handler");
    await dispatchExtendable(event, this);
  }

  /** Dispatch now, to whoever listens; `false` if nobody does. */
  protected async dispatchNow(event: BackgroundFetchEvent): Promise<boolean> {
    if (!this.#book.has(event.type)) return false;
    await dispatchExtendable(event, this);
    return true;
  }

  /** What a handler threw. */
  protected abstract handlerFault(error: unknown): void;

  #listener(type: string): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(type) ?? new Set();
      this.#waiting.set(type, waiting.add(resolve));
    });
  }
}

import type { BackgroundFetchEvent, BackgroundFetchEventType } from "./background-fetch-event.ts";
import type { BackgroundFetchUpdateUIEvent } from "./background-fetch-update-ui-event.ts";
import { type AddOptions, type AnyListener, createListenerBook } from "./listener-book.ts";

/** Which event each listener gets. */
export interface FunctionalEventMap extends Record<BackgroundFetchEventType, BackgroundFetchEvent> {
  readonly backgroundfetchsuccess: BackgroundFetchUpdateUIEvent;
  readonly backgroundfetchfail: BackgroundFetchUpdateUIEvent;
}

/**
 * An event target that holds a functional event back until somebody listens for it.
 *
 * In a service worker the handlers are there before the worker is started for an event. An embedder adds them after it
 * has opened the engine, so an event that waited for nobody would be lost.
 */
export class FunctionalEventTarget extends EventTarget {
  readonly #book = createListenerBook();
  readonly #waiting = new Map<string, Set<() => void>>();

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
   * Resolves once the event's handlers, and what they asked to wait for, have finished.
   *
   * @throws The signal's reason, if it is aborted before anybody listened.
   */
  protected async lease(event: BackgroundFetchEvent, signal: AbortSignal): Promise<void> {
    // One listener that was added for one event wakes all that wait, and may be gone when it is their turn.
    while (!this.#book.has(event.type)) await this.#listener(event.type);
    signal.throwIfAborted();
    await event.deliverTo(this);
  }

  #listener(type: string): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(type) ?? new Set();
      this.#waiting.set(type, waiting.add(resolve));
    });
  }
}

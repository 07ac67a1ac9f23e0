import type { BackgroundFetchEvent, BackgroundFetchEventType } from "./background-fetch-event.ts";
import type { BackgroundFetchUpdateUIEvent } from "./background-fetch-update-ui-event.ts";

/** Which event each listener gets. */
export interface FunctionalEventMap extends Record<BackgroundFetchEventType, BackgroundFetchEvent> {
  readonly backgroundfetchsuccess: BackgroundFetchUpdateUIEvent;
  readonly backgroundfetchfail: BackgroundFetchUpdateUIEvent;
}

type AnyListener = Parameters<EventTarget["addEventListener"]>[1];
type AddOptions = Parameters<EventTarget["addEventListener"]>[2];

/**
 * An event target that holds a functional event back until somebody listens for it.
 *
 * In a service worker the handlers are there before the worker is started for an event. An embedder adds them after it
 * has opened the engine, so an event that waited for nobody would be lost.
 */
export class FunctionalEventTarget extends EventTarget {
  readonly #listeners = new Map<string, number>();
  readonly #waiting = new Map<string, Set<() => void>>();

  override addEventListener<Type extends BackgroundFetchEventType>(
    type: Type,
    listener: (event: FunctionalEventMap[Type]) => unknown,
    options?: AddOptions,
  ): void;
  override addEventListener(type: string, listener: AnyListener, options?: AddOptions): void;
  override addEventListener(type: string, listener: AnyListener, options?: AddOptions): void {
    super.addEventListener(type, listener, options);
    if (listener === null) return;
    this.#listeners.set(type, (this.#listeners.get(type) ?? 0) + 1);
    const waiting = this.#waiting.get(type);
    this.#waiting.delete(type);
    for (const wake of waiting ?? []) wake();
  }

  override removeEventListener<Type extends BackgroundFetchEventType>(
    type: Type,
    listener: (event: FunctionalEventMap[Type]) => unknown,
    options?: AddOptions,
  ): void;
  override removeEventListener(type: string, listener: AnyListener, options?: AddOptions): void;
  override removeEventListener(type: string, listener: AnyListener, options?: AddOptions): void {
    super.removeEventListener(type, listener, options);
    this.#listeners.set(type, Math.max(0, (this.#listeners.get(type) ?? 0) - 1));
  }

  /** Resolves once the event's handlers, and what they asked to wait for, have finished. */
  protected async lease(event: BackgroundFetchEvent): Promise<void> {
    if ((this.#listeners.get(event.type) ?? 0) === 0) await this.#listener(event.type);
    await event.deliverTo(this);
  }

  #listener(type: string): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(type) ?? new Set();
      this.#waiting.set(type, waiting.add(resolve));
    });
  }
}

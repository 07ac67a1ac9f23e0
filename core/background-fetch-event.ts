import type { BackgroundFetchRegistration } from "./background-fetch-registration.ts";

/** The functional events, one kind for each way in which a registration can end, and one for the user's click. */
export type BackgroundFetchEventType =
  | "backgroundfetchsuccess"
  | "backgroundfetchfail"
  | "backgroundfetchabort"
  | "backgroundfetchclick";

export interface BackgroundFetchEventInit extends EventInit {
  readonly registration: BackgroundFetchRegistration;
}

/**
 * What a functional event tells: which registration it is about.
 *
 * It is also an `ExtendableEvent`, for runtimes that have none: the event counts as handled once every promise given
 * to `waitUntil` has settled (Service Workers, "ExtendableEvent").
 */
export class BackgroundFetchEvent extends Event {
  readonly registration: BackgroundFetchRegistration;
  readonly #pending = new Set<Promise<unknown>>();
  #active = false;

  constructor(type: string, init: BackgroundFetchEventInit) {
    super(type, init);
    this.registration = init.registration;
  }

  /**
   * Keep the registration's records until `work` has settled.
   *
   * @throws DOMException `InvalidStateError` if the event is neither being dispatched nor waiting for earlier work.
   */
  waitUntil(work: PromiseLike<unknown> | unknown): void {
    this.assertActive();
    const pending = Promise.resolve(work).catch(() => undefined);
    this.#pending.add(pending);
    void pending.then(() => queueMicrotask(() => this.#pending.delete(pending)));
  }

  /** @throws DOMException `InvalidStateError` if the event is neither being dispatched nor waiting for earlier work. */
  protected assertActive(): void {
    if (this.#active || this.#pending.size > 0) return;
    throw new DOMException("The event has ended", "InvalidStateError");
  }

  /** Dispatch at `target`; resolves once its handlers, and all they asked to wait for, have finished. */
  async deliverTo(target: EventTarget): Promise<void> {
    this.#active = true;
    target.dispatchEvent(this);
    this.#active = false;
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }
}

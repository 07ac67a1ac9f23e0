import type { ImageResource } from "../models/registration-row.ts";
import { BackgroundFetchEvent, type BackgroundFetchEventInit } from "./background-fetch-event.ts";

export interface BackgroundFetchUIOptions {
  readonly icons?: readonly ImageResource[] | undefined;
  readonly title?: string | undefined;
}

/** A final event that may change what the user is shown: success and failure, not abort. */
export class BackgroundFetchUpdateUIEvent extends BackgroundFetchEvent {
  readonly #update: (options: BackgroundFetchUIOptions) => Promise<void>;
  #updated = false;

  constructor(
    type: string,
    init: BackgroundFetchEventInit,
    update: (options: BackgroundFetchUIOptions) => Promise<void> = refuse,
  ) {
    super(type, init);
    this.#update = update;
  }

  /**
   * Change the title or the icons, once.
   *
   * @throws DOMException `InvalidStateError` on the second call, once the event has ended, or if it is not one of the engine's own.
   */
  async updateUI(options: BackgroundFetchUIOptions = {}): Promise<void> {
    this.assertActive();
    if (this.#updated) throw new DOMException("updateUI may be called once", "InvalidStateError");
    this.#updated = true;
    await this.#update(options);
  }
}

function refuse(): Promise<void> {
  return Promise.reject(new DOMException("The event was not made by the engine", "InvalidStateError"));
}

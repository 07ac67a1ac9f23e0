import { BackgroundFetchEvent, type BackgroundFetchEventInit } from "./background-fetch-event.ts";
import { isActive } from "./extendable-event.ts";
import { invalidState } from "./spec-errors.ts";
import { type BackgroundFetchUIOptions, toUIOptions } from "./ui-options.ts";
import { defineInterface } from "./webidl/interface.ts";

type Update = (options: BackgroundFetchUIOptions) => Promise<void>;

/** What `updateUI()` of an event does. Only events that the engine made are here: what others make is not trusted. */
const updates = new WeakMap<BackgroundFetchUpdateUIEvent, Update>();

/** A final event that may change what the user is shown: success and failure, not abort. */
export class BackgroundFetchUpdateUIEvent extends BackgroundFetchEvent {
  #updated = false;

  /**
   * Change the title or the icons, once.
   *
   * @throws DOMException `InvalidStateError` on the second call, once the event has ended, or if it is not one of the engine's own.
   * @throws DOMException `AbortError` if the change could not be stored.
   */
  async updateUI(options: BackgroundFetchUIOptions = {}): Promise<void> {
    const updated = this.#updated;
    const wanted = toUIOptions(options, "options");
    const update = updates.get(this);
    if (update === undefined) throw invalidState("The event was not made by the engine");
    if (updated) throw invalidState("updateUI() may be called once");
    if (!isActive(this)) throw invalidState("The event is not active");
    this.#updated = true;
    await update(wanted);
  }
}

defineInterface("BackgroundFetchUpdateUIEvent", BackgroundFetchUpdateUIEvent, 2);

/** The engine's own event, whose `updateUI()` works. */
export function updateUIEvent(
  type: string,
  init: BackgroundFetchEventInit,
  update: Update,
): BackgroundFetchUpdateUIEvent {
  const event = new BackgroundFetchUpdateUIEvent(type, init);
  updates.set(event, update);
  return event;
}

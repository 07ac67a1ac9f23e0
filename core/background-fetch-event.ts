import { BackgroundFetchRegistration } from "./background-fetch-registration.ts";
import { ExtendableEvent } from "./extendable-event.ts";
import { type Convert, toBoolean, toDOMString } from "./webidl/conversions.ts";
import { toDictionary } from "./webidl/dictionary.ts";
import { assertArguments, defineInterface } from "./webidl/interface.ts";

/** The functional events, one kind for each way in which a registration can end, and one for the user's click. */
export type BackgroundFetchEventType =
  | "backgroundfetchsuccess"
  | "backgroundfetchfail"
  | "backgroundfetchabort"
  | "backgroundfetchclick";

export interface BackgroundFetchEventInit extends EventInit {
  readonly registration: BackgroundFetchRegistration;
}

const toRegistration: Convert<BackgroundFetchRegistration> = (value, context) => {
  if (value instanceof BackgroundFetchRegistration) return value;
  throw new TypeError(`${context} must be a BackgroundFetchRegistration`);
};

const toInit = toDictionary<BackgroundFetchEventInit>(
  { bubbles: toBoolean, cancelable: toBoolean, composed: toBoolean, registration: toRegistration },
  ["registration"],
);

/**
 * What a functional event tells: which registration it is about (specification: `BackgroundFetchEvent`).
 *
 * The event counts as handled once every promise given to `waitUntil` has settled.
 */
export class BackgroundFetchEvent extends ExtendableEvent {
  readonly #registration: BackgroundFetchRegistration;

  /** @throws TypeError if `init` has no registration. */
  constructor(type: string, init: BackgroundFetchEventInit) {
    // biome-ignore lint/complexity/noArguments: WebIDL counts arguments
    assertArguments(arguments, 2, "BackgroundFetchEvent");
    const { registration, ...rest } = toInit(init, "init");
    super(toDOMString(type, "type"), rest);
    this.#registration = registration;
  }

  get registration(): BackgroundFetchRegistration {
    return this.#registration;
  }
}

defineInterface("BackgroundFetchEvent", BackgroundFetchEvent, 2);

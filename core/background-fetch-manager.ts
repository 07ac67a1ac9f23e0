import type { ImageResource } from "../models/registration-row.ts";
import type { Asked } from "./admission.ts";
import { BackgroundFetchRegistration } from "./background-fetch-registration.ts";
import type { BackgroundFetchUIOptions } from "./background-fetch-update-ui-event.ts";
import type { EngineServices } from "./engine-services.ts";
import { draftsOf, type RequestInput } from "./intake.ts";
import type { RegistrationRun } from "./registration-run.ts";

/** The specification's `BackgroundFetchOptions`. */
export interface BackgroundFetchOptions extends BackgroundFetchUIOptions {
  /** Bytes of all bodies together, at most; more fails the fetch. @default 0: no limit */
  readonly downloadTotal?: number | undefined;
}

/** Extension: where finished bodies go, for stores that can hand them out (`supports.moveOut`). */
export interface DestinationOptions {
  /** For each request the place that its finished body is moved to, or `null` to keep it in the store. */
  readonly destinations?: readonly (string | null)[] | undefined;
  /** Whether something that is there already may be replaced. @default false */
  readonly replace?: boolean | undefined;
}

/** What the manager needs of its engine. */
export interface ManagerHost {
  readonly services: EngineServices;
  /** @throws LonghaulError `LONGHAUL_ENGINE_CLOSED` */
  assertOpen(): void;
  /** Make a registration durable, and start it. */
  admit(asked: Asked): Promise<RegistrationRun>;
}

/** The entry to background fetches (specification: `BackgroundFetchManager`). */
export class BackgroundFetchManager {
  readonly #host: ManagerHost;
  readonly #active = new Map<string, RegistrationRun>();
  readonly #admitting = new Set<string>();
  readonly #objects = new WeakMap<RegistrationRun, BackgroundFetchRegistration>();

  /** Made by the engine alone. */
  constructor(host: ManagerHost) {
    this.#host = host;
  }

  /**
   * Fetch `requests` under the name `id`. Resolves once the registration is durable; the transfer goes on without the
   * caller, over restarts.
   *
   * @throws TypeError if a request is none, or `id` is active already.
   * @throws LonghaulError if the store broke.
   */
  async fetch(
    id: string,
    requests: RequestInput | Iterable<RequestInput>,
    options: BackgroundFetchOptions & DestinationOptions = {},
  ): Promise<BackgroundFetchRegistration> {
    const { services } = this.#host;
    this.#host.assertOpen();
    const drafts = draftsOf(requests, services.options.baseURL);
    const downloadTotal = unsignedLongLong(options.downloadTotal ?? 0);
    const destinations = options.destinations ?? [];
    if (destinations.length > 0 && !services.ports.bodies.supports.moveOut) {
      throw new TypeError(`Bodies cannot be moved out of ${services.ports.bodies.name}: leave out destinations`);
    }
    if (this.#active.has(id) || this.#admitting.has(id)) {
      throw new TypeError(`A background fetch with the id ${JSON.stringify(id)} is active already`);
    }
    this.#admitting.add(id);
    try {
      const icons: readonly ImageResource[] = options.icons ?? [];
      const run = await this.#host.admit({
        id,
        drafts,
        title: options.title ?? "",
        icons,
        downloadTotal,
        destinations,
        replace: options.replace ?? false,
      });
      return this.registrationOf(run);
    } finally {
      this.#admitting.delete(id);
    }
  }

  /** The active registration of this id, or `undefined`. */
  async get(id: string): Promise<BackgroundFetchRegistration | undefined> {
    const run = this.#active.get(id);
    return run && this.registrationOf(run);
  }

  /** The ids of all active registrations. */
  async getIds(): Promise<string[]> {
    return [...this.#active.keys()];
  }

  /** @internal The one object that stands for a run. */
  registrationOf(run: RegistrationRun): BackgroundFetchRegistration {
    const known = this.#objects.get(run);
    if (known !== undefined) return known;
    const registration = new BackgroundFetchRegistration(run, this.#host.services);
    this.#objects.set(run, registration);
    return registration;
  }

  /** @internal */
  activate(run: RegistrationRun): void {
    this.#active.set(run.row.id, run);
  }

  /** @internal Its id is free again. */
  deactivate(run: RegistrationRun): void {
    if (this.#active.get(run.row.id) === run) this.#active.delete(run.row.id);
  }
}

/** WebIDL `unsigned long long`, as far as a number can hold it. @throws TypeError if it is negative or not a number. */
function unsignedLongLong(value: number): number {
  const whole = Math.trunc(Number(value));
  if (Number.isSafeInteger(whole) && whole >= 0) return whole;
  throw new TypeError(`downloadTotal must be a count of bytes, not ${String(value)}`);
}

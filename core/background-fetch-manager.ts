import { parseIntegrity } from "../models/integrity.ts";
import type { ActiveFetches } from "./active-fetches.ts";
import type { Asked } from "./admission.ts";
import type { BackgroundFetchRegistration } from "./background-fetch-registration.ts";
import type { EngineServices } from "./engine-services.ts";
import { type BackgroundFetchOptions, type FetchExtensions, retryPolicyOf, toFetchOptions } from "./fetch-options.ts";
import { draftsOf, type RequestInput, toRequests } from "./intake.ts";
import type { RegistrationRun } from "./registration-run.ts";
import { asAbortError, asFetchError, notAllowed, quotaExceeded } from "./spec-errors.ts";
import { toDOMString } from "./webidl/conversions.ts";
import { assertArguments, assertInternal, defineInterface } from "./webidl/interface.ts";

/** What the manager needs of its engine. */
export interface ManagerHost {
  readonly services: EngineServices;
  readonly active: ActiveFetches;
  /** Make a registration durable, and start it. */
  admit(asked: Asked): Promise<RegistrationRun>;
}

/** The entry to background fetches (specification: `BackgroundFetchManager`). */
export class BackgroundFetchManager {
  readonly #host: ManagerHost;

  /** Made by the engine alone. */
  constructor(token: symbol, host: ManagerHost) {
    assertInternal(token);
    this.#host = host;
  }

  /**
   * Fetch `requests` under the name `id`. Resolves once the registration is durable, the bodies of its requests too;
   * the transfer goes on without the caller, over restarts.
   *
   * @throws TypeError if there is no request, one is refused, its body cannot be read, or `id` is active already.
   * @throws DOMException `NotAllowedError` if permission is denied; `QuotaExceededError` if there is no room for
   * `downloadTotal` bytes, or for the requests; `AbortError` if the engine closes.
   */
  async fetch(
    id: string,
    requests: RequestInput | Iterable<RequestInput>,
    options: BackgroundFetchOptions & FetchExtensions = {},
  ): Promise<BackgroundFetchRegistration> {
    const host = this.#host;
    // biome-ignore lint/complexity/noArguments: WebIDL counts arguments
    assertArguments(arguments, 2, "fetch()");
    const name = toDOMString(id, "id");
    const inputs = toRequests(requests, "requests");
    const wanted = toFetchOptions(options, "options");
    const { services } = host;
    const { bodies } = services.ports;
    if (wanted.destinations?.some((place) => place !== null) && !bodies.supports.moveOut) {
      throw new TypeError(`Bodies cannot be moved out of ${bodies.name}: leave out destinations`);
    }
    const asked = askedOf(name, draftsOf(inputs, services.options.baseURL), wanted);
    try {
      return host.active.instance(await admitted(host, asked));
    } catch (error) {
      for (const { body } of asked.drafts) if (body?.locked === false) body.cancel(error).catch(() => undefined);
      throw asFetchError(error);
    }
  }

  /**
   * The active registration of this id, or `undefined`.
   *
   * @throws DOMException `AbortError` if the engine is closed.
   */
  async get(id: string): Promise<BackgroundFetchRegistration | undefined> {
    const { active, services } = this.#host;
    // biome-ignore lint/complexity/noArguments: WebIDL counts arguments
    assertArguments(arguments, 1, "get()");
    const name = toDOMString(id, "id");
    assertOpen(services);
    const run = active.get(name);
    return run && active.instance(run);
  }

  /** The ids of all active registrations. @throws DOMException `AbortError` if the engine is closed. */
  async getIds(): Promise<string[]> {
    const { active, services } = this.#host;
    assertOpen(services);
    return active.ids();
  }
}

defineInterface("BackgroundFetchManager", BackgroundFetchManager, 0);

function assertOpen({ closing }: EngineServices): void {
  if (closing.aborted) throw asAbortError(closing.reason);
}

function askedOf(
  id: string,
  drafts: Asked["drafts"],
  wanted: BackgroundFetchOptions & FetchExtensions,
): Omit<Asked, "paused"> {
  const { integrity } = wanted;
  for (const metadata of typeof integrity === "string" ? [integrity] : (integrity ?? [])) {
    if (metadata === null || parseIntegrity(metadata) !== null) continue;
    // Of a Request such metadata requires nothing; who says it here wants it checked.
    throw new TypeError("options.integrity has no sha256, sha384 or sha512 digest");
  }
  const metadata = (index: number): string =>
    (typeof integrity === "string" ? integrity : integrity?.[index]) ?? drafts[index]?.integrity ?? "";
  return {
    id,
    drafts,
    title: wanted.title ?? "",
    icons: wanted.icons ?? [],
    downloadTotal: wanted.downloadTotal ?? 0,
    destinations: wanted.destinations ?? [],
    replace: wanted.replace ?? false,
    integrity: drafts.map((_, index) => metadata(index)),
    priority: wanted.priority ?? "auto",
    retry: retryPolicyOf(wanted.retry),
  };
}

/** The specification's checks that wait, in its order: permission, id, quota, bodies. */
async function admitted(
  { services, active, admit }: ManagerHost,
  asked: Omit<Asked, "paused">,
): Promise<RegistrationRun> {
  const { closing, ports } = services;
  closing.throwIfAborted();
  const permission = await ports.permission.query({ signal: closing });
  if (permission === "denied") throw notAllowed("Background fetches are not permitted");
  if (!active.reserve(asked.id)) {
    throw new TypeError(`A background fetch with the id ${JSON.stringify(asked.id)} is active already`);
  }
  try {
    await assertRoom(services, asked.downloadTotal);
    return await admit({ ...asked, paused: permission === "prompt" });
  } finally {
    active.unreserve(asked.id);
  }
}

async function assertRoom({ closing, events, ports }: EngineServices, downloadTotal: number): Promise<void> {
  closing.throwIfAborted();
  if (downloadTotal === 0) return;
  const { available } = await ports.quota.estimate({ signal: closing }).catch((error: unknown) => {
    closing.throwIfAborted();
    events.emit("fault", { error, during: "asking how much may be stored" });
    return { available: null };
  });
  if (available !== null && downloadTotal > available) {
    throw quotaExceeded(`There is room for ${available} bytes, not for ${downloadTotal}`);
  }
}

import type { FailureReason } from "../models/failure-reason.ts";
import type { RegistrationEnd } from "../models/registration.machine.ts";
import type { RegistrationRow } from "../models/registration-row.ts";
import type { ActiveFetches } from "./active-fetches.ts";
import { BackgroundFetchEvent, type BackgroundFetchEventType } from "./background-fetch-event.ts";
import { updateUIEvent } from "./background-fetch-update-ui-event.ts";
import type { EngineServices } from "./engine-services.ts";
import { insist } from "./insist.ts";
import type { RegistrationRun } from "./registration-run.ts";
import { releaseRecords, releaseRefusals } from "./release.ts";
import type { Retained } from "./retained.ts";
import { asAbortError } from "./spec-errors.ts";

/** What a delivery needs of its engine. */
export interface DeliveryHost {
  readonly services: EngineServices;
  readonly active: ActiveFetches;
  readonly retained: Retained;
  /** Resolves once the event's handlers have finished. */
  lease(event: BackgroundFetchEvent): Promise<void>;
}

const eventTypes: { readonly [end in RegistrationEnd]: BackgroundFetchEventType } = {
  success: "backgroundfetchsuccess",
  failure: "backgroundfetchfail",
  aborted: "backgroundfetchabort",
};

/** Which event tells of the end that a settled registration's row has. */
export function eventTypeOf({ failureReason }: RegistrationRow): BackgroundFetchEventType {
  if (failureReason === null) return eventTypes.success;
  return failureReason === "aborted" ? eventTypes.aborted : eventTypes.failure;
}

/**
 * Durable first, then the id is free, then the event, then everything goes.
 *
 * @throws Only when the engine closes: what is still owed then is owed at the next start.
 */
export async function deliver(
  { services, active, retained, lease }: DeliveryHost,
  run: RegistrationRun,
  end: RegistrationEnd,
  failureReason: FailureReason | null,
): Promise<void> {
  const surely = <T>(act: () => Promise<T>): Promise<T> =>
    insist(services, act, (error) => run.onFault(error, "committing the end of a registration"));
  const durably = (patch: Parameters<RegistrationRun["patch"]>[0]): Promise<void> => surely(() => run.patch(patch));
  if (run.row.phase === "active") await durably({ phase: "settled", failureReason, paused: false });
  active.deactivate(run);
  const init = { registration: active.instance(run) };
  const event =
    end === "aborted"
      ? new BackgroundFetchEvent(eventTypes[end], init)
      : updateUIEvent(eventTypes[end], init, ({ title = run.row.title, icons = run.row.icons }) =>
          run.patch({ title, icons }).catch((error: unknown) => Promise.reject(asAbortError(error))),
        );
  await run.drained();
  await lease(event);
  run.enterTelling(null);
  const keeps = services.options.keepFailed && end === "failure";
  const freed = keeps ? await surely(() => releaseRefusals(services, run.row)) : 0;
  await durably({ phase: "released", retained: keeps, downloaded: run.row.downloaded - freed });
  try {
    await (keeps ? retained.keep(run.row) : releaseRecords(services, run.row));
  } catch (error) {
    // The next start finishes it, and an engine that closes meanwhile has no fault to tell.
    if (!services.closing.aborted) run.onFault(error, "removing what was released");
  }
}

import { BackgroundFetchRegistration } from "./background-fetch-registration.ts";
import type { EngineServices } from "./engine-services.ts";
import type { RegistrationRun } from "./registration-run.ts";
import { internal } from "./webidl/interface.ts";

/** Specification: "active background fetches", and the one object that stands for each fetch. */
export interface ActiveFetches {
  get(id: string): RegistrationRun | undefined;
  ids(): string[];
  /** Keep the id for a fetch that is being taken in; `false` if it is taken. */
  reserve(id: string): boolean;
  unreserve(id: string): void;
  activate(run: RegistrationRun): void;
  /** Its id is free again. */
  deactivate(run: RegistrationRun): void;
  /** Specification: "get a BackgroundFetchRegistration instance". */
  instance(run: RegistrationRun): BackgroundFetchRegistration;
}

export function createActiveFetches(services: EngineServices): ActiveFetches {
  const active = new Map<string, RegistrationRun>();
  const reserved = new Set<string>();
  const instances = new WeakMap<RegistrationRun, BackgroundFetchRegistration>();
  return {
    get: (id) => active.get(id),
    ids: () => [...active.keys()],
    reserve(id) {
      if (active.has(id) || reserved.has(id)) return false;
      reserved.add(id);
      return true;
    },
    unreserve: (id) => void reserved.delete(id),
    activate: (run) => void active.set(run.row.id, run),
    deactivate(run) {
      if (active.get(run.row.id) === run) active.delete(run.row.id);
    },
    instance(run) {
      const known = instances.get(run);
      if (known !== undefined) return known;
      const made = new BackgroundFetchRegistration(internal, run, services);
      instances.set(run, made);
      return made;
    },
  };
}

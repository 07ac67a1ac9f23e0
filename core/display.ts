import type { ActiveFetches } from "./active-fetches.ts";
import { BackgroundFetchEvent } from "./background-fetch-event.ts";
import type { EngineServices } from "./engine-services.ts";
import type { Notice, UserAction } from "./ports/notifier.ts";
import type { RegistrationRun } from "./registration-run.ts";

/** Fetches that have ended and can still be clicked: what is shown of them may stay. */
const remembered = 32;

/** What the user sees of background fetches, and does to them (specification: "Display"). */
export interface Display {
  /** Show a fetch, and again whenever something of it changes. */
  add(run: RegistrationRun): void;
  /** Nothing more will come of it. */
  remove(run: RegistrationRun): void;
  /** As if the user had clicked the newest fetch of this id; `false` if there is none. */
  click(id: string): boolean;
  close(): void;
}

export interface DisplayHost {
  readonly services: EngineServices;
  readonly active: ActiveFetches;
  /** Hand an event to whoever listens now. */
  dispatch(event: BackgroundFetchEvent): Promise<unknown>;
}

export function createDisplay({ services, active, dispatch }: DisplayHost): Display {
  const { notifier } = services.ports;
  const runs = new Map<number, RegistrationRun>();
  const ended = new Map<number, RegistrationRun>();
  const stops = new Map<number, () => void>();

  function tell(act: () => unknown, during: string): void {
    const onFault = (error: unknown): void => void services.events.emit("fault", { error, during });
    try {
      Promise.resolve(act()).catch(onFault);
    } catch (error) {
      onFault(error);
    }
  }

  /** Specification: "fire a background fetch click event". Whoever does not listen now misses it. */
  function click(run: RegistrationRun): void {
    const event = new BackgroundFetchEvent("backgroundfetchclick", { registration: active.instance(run) });
    tell(() => dispatch(event), "handing out a click");
  }

  function act({ type, uid }: UserAction): void {
    const run = runs.get(uid) ?? ended.get(uid);
    if (run === undefined) return;
    if (type === "click") click(run);
    else if (type === "abort") tell(() => run.abort(), "aborting for the user");
    // To resume sends nothing twice: it is how the user grants a fetch that started paused, whatever its methods are.
    else if (type === "resume" || run.row.pausable) tell(() => run[type](), `doing what the user asked: ${type}`);
  }

  const unwatch = notifier.watch(act);
  return {
    add(run) {
      const show = (): void => tell(() => notifier.show(noticeOf(run)), "showing a fetch");
      runs.set(run.uid, run);
      stops.set(run.uid, run.watch(show));
      show();
    },
    remove(run) {
      stops.get(run.uid)?.();
      stops.delete(run.uid);
      runs.delete(run.uid);
      ended.set(run.uid, run);
      for (const uid of ended.keys()) if (ended.size > remembered) ended.delete(uid);
      tell(() => notifier.hide(run.uid), "hiding a fetch");
    },
    click(id) {
      const newest = [...ended.values(), ...runs.values()]
        .filter(({ row }) => row.id === id)
        .toSorted((one, other) => one.uid - other.uid)
        .at(-1);
      if (newest !== undefined) click(newest);
      return newest !== undefined;
    },
    close: () => tell(unwatch, "closing the notifier"),
  };
}

function noticeOf({ row, state }: RegistrationRun): Notice {
  const { uid, id, title, icons, pausable, downloaded, downloadTotal, uploaded, uploadTotal } = row;
  const active = row.phase === "active";
  return {
    ...{ uid, id, title, icons, pausable, state, downloaded, downloadTotal, uploaded, uploadTotal },
    result: active ? "" : row.failureReason === null ? "success" : "failure",
    failureReason: (!active && row.failureReason) || "",
    records: { count: row.records, settled: row.settled },
  };
}

import type { FunctionalEventTarget } from "../../core/functional-events.ts";
import type {
  BackgroundFetchEvent,
  BackgroundFetchManager,
  BackgroundFetchRecord,
  BackgroundFetchRegistration,
  BackgroundFetchUpdateUIEvent,
  ExtendableEvent,
} from "../../core/index.ts";
import type { PermissionState } from "../../core/ports/index.ts";

/** The constructors of the specification, wherever the implementation keeps them. */
export interface Interfaces {
  readonly BackgroundFetchManager: typeof BackgroundFetchManager;
  readonly BackgroundFetchRegistration: typeof BackgroundFetchRegistration;
  readonly BackgroundFetchRecord: typeof BackgroundFetchRecord;
  readonly BackgroundFetchEvent: typeof BackgroundFetchEvent;
  readonly BackgroundFetchUpdateUIEvent: typeof BackgroundFetchUpdateUIEvent;
  readonly ExtendableEvent: typeof ExtendableEvent;
}

/** Where an implementation of Background Fetch meets the specification. A new one is made for each case. */
export interface ConformanceHarness {
  readonly interfaces: Interfaces;
  /** What `registration.backgroundFetch` is in a service worker. */
  readonly backgroundFetch: BackgroundFetchManager;
  /** Where the functional events are fired, and their handler attributes are. */
  readonly scope: FunctionalEventTarget;
  /** An address on the test server (server.ts), against which relative URLs are resolved too. */
  url(path: string): string;
  /** Close the browser, or the process, and open it again: `backgroundFetch` and `scope` are others from then on. */
  restart(): Promise<void>;
  /** What the user agent says when it is asked. */
  permission: PermissionState;
  /** Bytes that may be stored; `null` if nobody can know. */
  quota: number | null;
  /** The user clicks what is shown of this fetch. */
  click(id: string): void;
}

/** One normative statement, as data: the same cases run in any runtime. */
export interface ConformanceCase {
  /** The clause of the specification, in its own words, shortened. */
  readonly clause: string;
  readonly title: string;
  run(harness: ConformanceHarness): Promise<void>;
}

/** @throws Error with the claim, if the two are not the same value, or not the same JSON. */
export function same(actual: unknown, expected: unknown, claim: string): void {
  if (Object.is(actual, expected)) return;
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (found === undefined || found !== wanted)
    throw new Error(`${claim}: ${String(found)} instead of ${String(wanted)}`);
}

/** The name of what `act` rejects with; a throw instead of a rejection is not the same. */
export async function rejection(act: () => Promise<unknown>): Promise<string> {
  const promise = act();
  try {
    await promise;
  } catch (error) {
    return (error as Error).name;
  }
  return "no rejection";
}

/** The name of what `act` throws. */
export function thrown(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).name;
  }
  return "nothing thrown";
}

const finalEvents = ["backgroundfetchsuccess", "backgroundfetchfail", "backgroundfetchabort"] as const;

/** The next final event. It is held, its records available, until `use` has finished. */
export function finalEvent<T>(
  { scope }: Pick<ConformanceHarness, "scope">,
  use: (event: BackgroundFetchUpdateUIEvent) => Promise<T> | T,
): Promise<T> {
  return new Promise((resolve, reject) => {
    for (const type of finalEvents) {
      scope.addEventListener(
        type,
        (event) => {
          const used = Promise.resolve(use(event as BackgroundFetchUpdateUIEvent));
          event.waitUntil(used);
          used.then(resolve, reject);
        },
        { once: true },
      );
    }
  });
}

/** Resolves once `holds`, looked at after each task. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 1));
}

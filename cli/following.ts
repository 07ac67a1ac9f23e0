import type { BackgroundFetchEvent, BackgroundFetchRegistration, RegistrationRow } from "../core/index.ts";
import type { ExitCode } from "./complaint.ts";
import type { Result, ShownEvent } from "./shown-event.ts";

/** What is known of a download when it starts to be followed. */
export interface FollowStart {
  readonly id: string;
  readonly records: { readonly count: number; readonly settled: number; readonly succeeded: number };
}

/** The downloads that this process answers for, until each has ended. */
export interface Following {
  /** Whether the download is followed, and its result not yet shown. */
  has(id: string): boolean;
  /** Follow what `work` begins or resumes, from before its first event. */
  begin(start: FollowStart, work: () => Promise<BackgroundFetchRegistration>): Promise<void>;
  /** Take note of what the engine tells of a download that is followed. */
  noted(event: ShownEvent): void;
  /** Take note of how a download settled. */
  delivered(event: BackgroundFetchEvent): void;
  /** Resolves once nothing that is followed is unfinished. */
  ended(): Promise<void>;
  /** Pause what is unfinished, durably. */
  pauseAll(): Promise<void>;
  unfinished(): readonly string[];
  /** How each stands now. */
  results(): readonly Result[];
  exitCode(): ExitCode;
}

interface Followed {
  readonly id: string;
  readonly count: number;
  readonly over: PromiseWithResolvers<void>;
  registration: BackgroundFetchRegistration | null;
  succeeded: number;
  end: Pick<Result, "result" | "failureReason"> | null;
  released: boolean;
  /** Its result has been shown: nothing may be shown of it after that. */
  told: boolean;
}

/** `show` is told what no engine tells: where each download stood at the beginning, and its result. */
export function createFollowing(show: (event: ShownEvent) => void): Following {
  const followed = new Map<string, Followed>();
  const open = (): Followed[] => [...followed.values()].filter(({ released }) => !released);

  function tellResult(one: Followed): void {
    one.told = true;
    show({ type: "result", ...resultOf(one) });
  }

  return {
    has: (id) => followed.get(id)?.told === false,
    async begin({ id, records }, work) {
      const { count, settled, succeeded } = records;
      const over = Promise.withResolvers<void>();
      const one: Followed = { id, count, over, registration: null, succeeded, end: null, released: false, told: false };
      followed.set(id, one);
      const registration = await work();
      one.registration = registration;
      const { downloaded, downloadTotal, uploaded, uploadTotal } = registration;
      const totals = { downloaded, downloadTotal, uploaded, uploadTotal };
      show({ type: "progress", id, ...totals, records: { count, settled }, changed: [] });
    },
    noted(event) {
      if (!("id" in event)) return;
      const one = followed.get(event.id);
      if (one === undefined) return;
      if (event.type === "record.settled" && event.state === "success") one.succeeded += 1;
      if (event.type !== "registration.state" || event.state !== "released") return;
      one.released = true;
      tellResult(one);
      one.over.resolve();
    },
    delivered({ type, registration }) {
      const one = followed.get(registration.id);
      if (one === undefined) return;
      const result = type === "backgroundfetchabort" ? "aborted" : registration.result || "failure";
      one.end = { result, failureReason: registration.failureReason || null };
    },
    async ended() {
      // Another process may ask for one more to be resumed while we wait.
      for (let left = open(); left.length > 0; left = open()) await Promise.all(left.map(({ over }) => over.promise));
    },
    async pauseAll() {
      const left = open();
      await Promise.all(left.map(({ registration }) => registration?.pause()));
      for (const one of left) if (!one.released) tellResult(one);
    },
    results: () => [...followed.values()].map(resultOf),
    unfinished: () => open().map(({ id }) => id),
    exitCode: () => ([...followed.values()].every(({ end }) => end?.result === "success") ? 0 : 1),
  };
}

function resultOf({ id, count, succeeded, registration, end }: Followed): Result {
  const { result, failureReason } = end ?? { result: "paused", failureReason: null };
  return { id, result, failureReason, downloaded: registration?.downloaded ?? 0, records: { count, succeeded } };
}

/** Where a download stands that an earlier run began. */
export function followStartOf({ id, records, settled, succeeded }: RegistrationRow): FollowStart {
  return { id, records: { count: records, settled, succeeded } };
}

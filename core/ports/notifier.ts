import type { FailureReason, FetchResult } from "../../models/failure-reason.ts";
import type { ImageResource } from "../../models/registration-row.ts";

/** What the user is shown of one background fetch (specification, "Display"). Plain data, at one moment. */
export interface Notice {
  /** The engine's own number of it: unlike `id` never used again. */
  readonly uid: number;
  readonly id: string;
  readonly title: string;
  readonly icons: readonly ImageResource[];
  /** The innermost state of the registration's statechart, such as `"paused-offline"`. */
  readonly state: string;
  readonly result: FetchResult;
  readonly failureReason: FailureReason | "";
  readonly downloaded: number;
  readonly downloadTotal: number;
  readonly uploaded: number;
  readonly uploadTotal: number;
  readonly records: { readonly count: number; readonly settled: number };
  /** Whether the user may be offered to pause: every request is a GET. */
  readonly pausable: boolean;
}

/** What the user did. A click may come during the fetch or after it. */
export interface UserAction {
  readonly type: "click" | "abort" | "pause" | "resume";
  readonly uid: number;
}

/**
 * The user's view of what is fetched in the background.
 *
 * `show` must not throw and must not block: it gets every fetch when it starts, when its state, title or icons change, and
 * as it progresses, at the pace of the `progress` event. The first notice with a `result` is the fetch's end; one with a
 * changed title or icons may follow it. `hide` says that nothing more will come of this fetch: what is shown may stay. `watch` must call
 * `listener` for each action of the user, never from within `watch` itself, until the returned function is called.
 */
export interface Notifier extends AsyncDisposable {
  readonly name: string;
  show(notice: Notice): void;
  hide(uid: number): void;
  watch(listener: (action: UserAction) => void): () => void;
}

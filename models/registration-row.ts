import type { FailureReason } from "./failure-reason.ts";
import type { RetryPolicy } from "./retry-policy.ts";

/** An icon as the specification's `ImageResource` has it. */
export interface ImageResource {
  readonly src: string;
  readonly sizes?: string;
  readonly type?: string;
  readonly label?: string;
}

/** Fetch's `RequestPriority`. */
export type FetchPriority = "high" | "auto" | "low";

/** `settled`: its event is owed. `released`: delivered; kept only as history, or for a retry. */
export type RegistrationPhase = "active" | "settled" | "released";

/** What the journal keeps of a registration; versioned, JSON, `null` instead of `undefined`. */
export interface RegistrationRow {
  readonly v: 1;
  /** Ours, rising, never used again; `id` is the caller's and free again once settled. */
  readonly uid: number;
  readonly id: string;
  readonly title: string;
  readonly icons: readonly ImageResource[];
  /** Bytes; 0 is no limit. */
  readonly downloadTotal: number;
  readonly uploadTotal: number;
  /** Milliseconds since 1970; for people, never for decisions. */
  readonly createdAt: number;
  readonly phase: RegistrationPhase;
  readonly paused: boolean;
  readonly failureReason: FailureReason | null;
  readonly records: number;
  readonly settled: number;
  readonly succeeded: number;
  readonly downloaded: number;
  readonly uploaded: number;
  /** Every record before this index has settled. */
  readonly cursor: number;
  /** Its record rows and bodies are still there although it was released: a new fetch of the same id takes them over. */
  readonly retained: boolean;
  /** Whether every request is a GET: then the user may be offered to pause (specification, "Display"). */
  readonly pausable: boolean;
  /** Extension: which of the records that wait come first. */
  readonly priority: FetchPriority;
  /** Extension: its own rules for retries; `null` for the engine's. */
  readonly retry: RetryPolicy | null;
}

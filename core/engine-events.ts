import type { ExchangeFailure } from "../models/exchange-failure.ts";
import type { FailureReason } from "../models/failure-reason.ts";
import type { NetworkState } from "./ports/connectivity.ts";
import type { RecordStatus } from "./record-actor.ts";

export interface RegistrationStateNotice {
  readonly id: string;
  readonly uid: number;
  readonly state: string;
  readonly failureReason: FailureReason | null;
}

/** Bytes of one record, as they stand. */
export interface RecordProgress {
  readonly index: number;
  readonly stored: number;
  /** `null` until the server has told it. */
  readonly total: number | null;
}

export interface ProgressNotice {
  readonly id: string;
  readonly uid: number;
  readonly downloaded: number;
  readonly downloadTotal: number;
  readonly uploaded: number;
  readonly uploadTotal: number;
  readonly records: { readonly count: number; readonly settled: number };
  /** Those that changed since the last notice. */
  readonly changed: readonly RecordProgress[];
}

export interface RecordStateNotice extends RecordStatus {
  readonly id: string;
  readonly uid: number;
  readonly index: number;
  /** Without userinfo and without the values of its query. */
  readonly url: string;
}

export interface RecordSettledNotice {
  readonly id: string;
  readonly uid: number;
  readonly index: number;
  readonly url: string;
  readonly state: "success" | "failure" | "aborted";
  readonly stored: number;
  /** `false` if only the end of the connection told that all had come: whether it had, nobody can say. */
  readonly lengthProven: boolean;
  readonly destination: string | null;
  readonly failure: ExchangeFailure | null;
}

/** A port or a handler broke. The engine goes on as far as it can. */
export interface FaultNotice {
  readonly error: unknown;
  /** What was being done. */
  readonly during: string;
}

/** The engine's own notifications, by name: what a command line, an inspector or a dashboard is fed from. */
export interface EngineEvents {
  "registration.state": [RegistrationStateNotice];
  "registration.progress": [ProgressNotice];
  "record.state": [RecordStateNotice];
  "record.settled": [RecordSettledNotice];
  "network.state": [NetworkState];
  fault: [FaultNotice];
}

import type {
  EngineEvents,
  FailureReason,
  ProgressNotice,
  RecordSettledNotice,
  RecordStateNotice,
  RegistrationStateNotice,
} from "../core/index.ts";

type Shown<Type extends string, Notice> = { readonly type: Type } & Omit<Notice, "uid">;

/** How far a download came, when it ends or is left. */
export interface Result {
  readonly id: string;
  /** `paused`: it goes on when it is resumed. */
  readonly result: "success" | "failure" | "aborted" | "paused";
  readonly failureReason: FailureReason | null;
  readonly downloaded: number;
  readonly records: { readonly count: number; readonly succeeded: number };
}

/** Everything that a view is told: what `--json` prints, one object a line, with the time put in. */
export type ShownEvent =
  | Shown<"registration.state", RegistrationStateNotice>
  | Shown<"progress", ProgressNotice>
  | Shown<"record.state", RecordStateNotice>
  | Shown<"record.settled", RecordSettledNotice>
  | { readonly type: "network.state"; readonly state: EngineEvents["network.state"][0] }
  | { readonly type: "fault"; readonly code: string | null; readonly message: string; readonly during: string }
  | ({ readonly type: "result" } & Result)
  /** An answer to a key, on a terminal. */
  | { readonly type: "note"; readonly text: string };

/** Tells a person or a program what happens. */
export interface View {
  show(event: ShownEvent): void;
  /** Leave the screen as it is to stay. Nothing is shown after it. */
  close(): void;
}

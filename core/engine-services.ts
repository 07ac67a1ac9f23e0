import type { EventEmitter } from "eventemitter3";
import type { FailureReason } from "../models/failure-reason.ts";
import type { RegistrationEnd } from "../models/registration.machine.ts";
import type { EngineEvents } from "./engine-events.ts";
import type { ExchangeServices } from "./exchange-record.ts";
import type { Journal } from "./journal.ts";
import type { RegistrationRun } from "./registration-run.ts";
import type { Scheduler } from "./scheduler.ts";

/** What the parts of one engine share. */
export interface EngineServices extends ExchangeServices {
  readonly journal: Journal;
  readonly scheduler: Scheduler;
  readonly events: EventEmitter<EngineEvents>;
  /** Make the end durable, hand out its event until a handler has finished, and let everything go. */
  deliver(run: RegistrationRun, end: RegistrationEnd, failureReason: FailureReason | null): Promise<void>;
}

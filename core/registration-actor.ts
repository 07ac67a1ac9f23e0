import { createActor, fromPromise } from "xstate";
import type { FailureReason } from "../models/failure-reason.ts";
import {
  type DeliveryInput,
  type RegistrationEvent,
  type RegistrationInput,
  registrationMachine,
} from "../models/registration.machine.ts";
import { stateName } from "../models/state-name.ts";
import type { Clock } from "./ports/clock.ts";

export interface RegistrationEffects {
  readonly clock: Clock;
  admitRecords(): void;
  holdRecords(): void;
  pauseRecords(): void;
  resumeRecords(): void;
  abortRecords(): void;
  /** Resolves once the final event's handlers have finished and everything is let go. */
  delivery(input: DeliveryInput): Promise<void>;
  /** Called after each change of state. */
  onState(state: string, failureReason: FailureReason | null): void;
}

/** What the engine may see of a running registration: no XState type leaves this file. */
export interface RegistrationActor {
  send(event: RegistrationEvent): void;
  /** The innermost state's name. */
  state(): string;
  settled(): boolean;
  stop(): void;
}

export function startRegistration(input: RegistrationInput, effects: RegistrationEffects): RegistrationActor {
  const machine = registrationMachine.provide({
    actors: { delivery: fromPromise<void, DeliveryInput>(({ input }) => effects.delivery(input)) },
    actions: {
      admitRecords: () => effects.admitRecords(),
      holdRecords: () => effects.holdRecords(),
      pauseRecords: () => effects.pauseRecords(),
      resumeRecords: () => effects.resumeRecords(),
      abortRecords: () => effects.abortRecords(),
    },
  });
  const actor = createActor(machine, { input, clock: effects.clock });
  const state = (): string => stateName(actor.getSnapshot().value);
  let last = "pending";
  actor.subscribe(({ context }) => {
    if (state() === last) return;
    last = state();
    effects.onState(last, context.failureReason);
  });
  actor.start();
  return {
    send(event) {
      if (actor.getSnapshot().status === "active") actor.send(event);
    },
    state,
    settled: () => actor.getSnapshot().hasTag("settled"),
    stop: () => actor.stop(),
  };
}

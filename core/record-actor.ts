import type { Observable } from "rxjs";
import { createActor, fromEventObservable } from "xstate";
import type { Deadline } from "../models/deadline.ts";
import type { ExchangeFailure } from "../models/exchange-failure.ts";
import { type ExchangeInput, type RecordEvent, type RecordInput, recordMachine } from "../models/record.machine.ts";
import { stateName } from "../models/state-name.ts";
import { unprovided } from "../models/unprovided.ts";
import type { Clock } from "./ports/clock.ts";

/** Where a record stands, for those who only look. */
export interface RecordStatus {
  readonly state: string;
  readonly attempt: number;
  readonly backoffMs: number;
  readonly failure: ExchangeFailure | null;
  /** Until when the server asked to be left alone, the last time it did. */
  readonly deadline: Deadline | null;
}

/** What a record can be told. */
export type RecordCommand = "record.pause" | "record.resume" | "record.abort" | "network.online" | "network.offline";

/** How a record settled. */
export type RecordEnd = "success" | "failure" | "aborted";

export interface RecordEffects {
  readonly clock: Clock;
  exchange(input: ExchangeInput): Observable<RecordEvent>;
  /** Called after each change of state, except the last. */
  onState(status: RecordStatus): void;
  onSettled(end: RecordEnd, failure: ExchangeFailure | null): void;
}

/** What the engine may see of a running record: no XState type leaves this file. */
export interface RecordActor {
  /** Call it once its owner knows the record: from then on its effects are called. */
  start(): void;
  send(command: RecordCommand): void;
  status(): RecordStatus;
  /** Take the actor away without a settlement. What is stored stays; the row is what a restart needs. */
  stop(): void;
}

/** Whose effects an actor has. Each record is a root actor, so its system stands for it. */
const effectsOf = new WeakMap<object, RecordEffects>();

/** Provided once: providing builds the whole chart anew, which costs more than all else a small record needs. */
const machine = recordMachine.provide({
  actors: {
    exchange: fromEventObservable<RecordEvent, ExchangeInput>(
      ({ input, system }) => effectsOf.get(system)?.exchange(input) ?? unprovided("exchange"),
    ),
  },
});

export function createRecord(input: RecordInput, effects: RecordEffects): RecordActor {
  const actor = createActor(machine, { input, clock: effects.clock });
  effectsOf.set(actor.system, effects);
  let last = "pending";
  const status = (): RecordStatus => {
    const { value, context } = actor.getSnapshot();
    const { attempt, backoffMs, failure, deadline } = context;
    return { state: stateName(value), attempt, backoffMs, failure, deadline };
  };
  actor.subscribe((snapshot) => {
    const now = status();
    if (snapshot.hasTag("settled")) effects.onSettled(now.state as RecordEnd, now.failure);
    else if (now.state !== last) effects.onState(now);
    last = now.state;
  });
  return {
    start() {
      actor.start();
      actor.send({ type: "record.start", nowMs: effects.clock.now() });
    },
    send(type) {
      // Its end may still be on the way to the journal: then it is listed, and told things, but has nothing to decide.
      if (actor.getSnapshot().status === "active") actor.send({ type, nowMs: effects.clock.now() });
    },
    status,
    stop: () => actor.stop(),
  };
}

import { assign, fromPromise, setup } from "xstate";
import type { FailureReason } from "./failure-reason.ts";
import { unprovided } from "./unprovided.ts";

export interface RegistrationInput {
  readonly id: string;
  /** How many records it has, and how many of them settled before the last restart. */
  readonly records: number;
  readonly settled: number;
  /** `null` while nothing failed. The first failure in time wins (docs/adr/0007). */
  readonly failureReason: FailureReason | null;
  /** Whether it had settled before the last restart: then only its event is still owed. */
  readonly decided: boolean;
  readonly paused: boolean;
  readonly online: boolean;
}

export type RegistrationContext = RegistrationInput;

export type RegistrationEvent =
  | { readonly type: "registration.start" }
  | { readonly type: "registration.pause" }
  | { readonly type: "registration.resume" }
  | { readonly type: "registration.abort" }
  | { readonly type: "record.settled"; readonly failureReason: FailureReason | null }
  | { readonly type: "network.online" }
  | { readonly type: "network.offline" };

/** The kinds of end, each with its own functional event. */
export type RegistrationEnd = "success" | "failure" | "aborted";

export interface DeliveryInput {
  readonly end: RegistrationEnd;
  readonly failureReason: FailureReason | null;
}

/** How a record ended, as far as its registration is concerned. */
interface Settlement {
  readonly failureReason: FailureReason | null;
}

const settlementParams = ({ event }: { event: Settlement }): Settlement => ({ failureReason: event.failureReason });

/** Settled: the functional event is leased to a handler until it has finished, then everything is let go. */
const settledAs = (end: RegistrationEnd) =>
  ({
    tags: "settled",
    initial: "delivering",
    entry: "abortRecords",
    states: {
      delivering: {
        invoke: {
          src: "delivery",
          input: ({ context }: { context: RegistrationContext }) => ({ end, failureReason: context.failureReason }),
          onDone: "released",
        },
      },
      released: { type: "final", tags: "released" },
    },
  }) as const;

/**
 * The life of one registration: pending, active, settled once, then its event delivered and everything released.
 *
 * It counts records and never holds them: the scheduler stands between the two charts (docs/adr/0009).
 * Pure: `core/registration-actor.ts` supplies the actions and the `delivery` actor.
 */
export const registrationMachine = setup({
  types: {
    input: {} as RegistrationInput,
    context: {} as RegistrationContext,
    events: {} as RegistrationEvent,
    tags: {} as "settled" | "released",
  },
  actors: {
    delivery: fromPromise<void, DeliveryInput>(() => unprovided("delivery")),
  },
  actions: {
    /** The scheduler may start records of this registration. */
    admitRecords: () => unprovided("admitRecords"),
    /** The scheduler must start no more of them; those at work stay as they are. */
    holdRecords: () => unprovided("holdRecords"),
    pauseRecords: () => unprovided("pauseRecords"),
    resumeRecords: () => unprovided("resumeRecords"),
    abortRecords: () => unprovided("abortRecords"),
    countSettled: assign(({ context }, { failureReason }: Settlement) => ({
      settled: context.settled + 1,
      failureReason: context.failureReason ?? failureReason,
    })),
    blame: assign((_, { failureReason }: Settlement) => ({ failureReason })),
    noteOnline: assign({ online: true }),
    noteOffline: assign({ online: false }),
  },
  guards: {
    /** The others are not waited for (specification, "perform a background fetch": immediateFailure). */
    endsAtOnce: (_, { failureReason }: Settlement) => failureReason === "download-total-exceeded",
    isOnline: ({ context }) => context.online,
    isPaused: ({ context }) => context.paused,
    wasAborted: ({ context }) => context.decided && context.failureReason === "aborted",
    /** All records have settled, and something went wrong. */
    endsInFailure: ({ context }) => context.settled >= context.records && context.failureReason !== null,
    endsInSuccess: ({ context }) => context.settled >= context.records && context.failureReason === null,
    /** Also when a crash came between the record's end and the registration's. */
    failedBefore: ({ context }) =>
      (context.decided && context.failureReason !== null) || context.failureReason === "download-total-exceeded",
  },
}).createMachine({
  id: "registration",
  context: ({ input }) => ({ ...input }),
  initial: "unsettled",
  states: {
    unsettled: {
      initial: "pending",
      on: {
        "registration.abort": {
          target: "aborted",
          actions: { type: "blame", params: { failureReason: "aborted" } },
        },
        "record.settled": [
          {
            guard: { type: "endsAtOnce", params: settlementParams },
            target: "failure",
            actions: { type: "countSettled", params: settlementParams },
          },
          { actions: { type: "countSettled", params: settlementParams } },
        ],
        "network.online": { actions: "noteOnline" },
        "network.offline": { actions: "noteOffline" },
      },
      states: {
        pending: {
          on: {
            "registration.start": [
              { guard: "wasAborted", target: "#registration.aborted" },
              { guard: "failedBefore", target: "#registration.failure" },
              { guard: "isPaused", target: "active.paused" },
              { guard: "isOnline", target: "active.transferring" },
              { target: "active.paused-offline" },
            ],
          },
        },
        active: {
          initial: "transferring",
          always: [
            { guard: "endsInFailure", target: "#registration.failure" },
            { guard: "endsInSuccess", target: "#registration.success" },
          ],
          states: {
            transferring: {
              entry: "admitRecords",
              exit: "holdRecords",
              on: {
                "registration.pause": "paused",
                "network.offline": { target: "paused-offline", actions: "noteOffline" },
              },
            },
            "paused-offline": {
              on: {
                "registration.pause": "paused",
                "network.online": { target: "transferring", actions: "noteOnline" },
              },
            },
            paused: {
              entry: "pauseRecords",
              exit: "resumeRecords",
              on: {
                "registration.resume": [{ guard: "isOnline", target: "transferring" }, { target: "paused-offline" }],
              },
            },
          },
        },
      },
    },
    success: settledAs("success"),
    failure: settledAs("failure"),
    aborted: settledAs("aborted"),
  },
});

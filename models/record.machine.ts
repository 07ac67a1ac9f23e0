import { assign, fromEventObservable, setup } from "xstate";
import { type Deadline, remainingMs } from "./deadline.ts";
import type { ExchangeFailure } from "./exchange-failure.ts";
import { type RetryPolicy, retriesOf, retryDelay } from "./retry-policy.ts";
import { unprovided } from "./unprovided.ts";

export interface RecordInput {
  readonly recordId: string;
  /** Whether the request may be sent again: `false` for anything but GET (specification, "complete a record"). */
  readonly repeatable: boolean;
  readonly online: boolean;
  readonly retryPolicy: RetryPolicy;
  /** Whether a full store is waited for; otherwise it is a failure. */
  readonly waitsForRoom: boolean;
  /** What a server asked for before a restart. */
  readonly deadline: Deadline | null;
}

export interface RecordContext extends RecordInput {
  /** Bytes of the body that are stored for good. */
  readonly stored: number;
  /** Length of the whole body in bytes, once known. */
  readonly total: number | null;
  /** Consecutive exchanges that failed without real progress. */
  readonly attempt: number;
  readonly backoffMs: number;
  readonly failure: ExchangeFailure | null;
  /** A request that must not be repeated has gone out, or is about to. */
  readonly sent: boolean;
}

/** Bytes that are stored for good; `progressed` says whether enough of them came to call the exchange fruitful. */
export interface Receipt {
  readonly stored: number;
  readonly total: number | null;
  readonly progressed: boolean;
}

export type RecordEvent =
  | { readonly type: "record.start" | "record.resume" | "network.online"; readonly nowMs: number }
  | { readonly type: "record.pause" | "record.abort" | "network.offline" }
  | { readonly type: "exchange.sent" }
  | { readonly type: "exchange.checkpoint"; readonly receipt: Receipt }
  | { readonly type: "exchange.completed" }
  /** `chance` is what the Random port gave for this failure: the chart itself draws nothing. */
  | {
      readonly type: "exchange.failed";
      readonly failure: ExchangeFailure;
      readonly chance: number;
      readonly nowMs: number;
    };

export interface ExchangeInput {
  readonly attempt: number;
  /** Whether the store was full at the last attempt: then ask it for room before the server for bytes. */
  readonly wasFull: boolean;
}

interface Failed {
  readonly failure: ExchangeFailure;
  readonly chance: number;
  readonly nowMs: number;
}

const failureParams = ({ event: { failure, chance, nowMs } }: { event: Failed }): Failed => ({
  failure,
  chance,
  nowMs,
});
const exchangeInput = ({ context }: { context: RecordContext }): ExchangeInput => ({
  attempt: context.attempt,
  wasFull: context.failure?.code === "store-full",
});
const timeParams = ({ event }: { event: { nowMs: number } }) => ({ nowMs: event.nowMs });

/**
 * The life of one record: pending, then active in exchanges and the waits between them, then settled once.
 *
 * Pure: `transition(recordMachine, snapshot, event)` performs no I/O. `core/record-actor.ts` supplies the
 * `exchange` actor.
 */
export const recordMachine = setup({
  types: {
    input: {} as RecordInput,
    context: {} as RecordContext,
    events: {} as RecordEvent,
    tags: {} as "settled" | "waiting",
  },
  actors: {
    exchange: fromEventObservable<RecordEvent, ExchangeInput>(() => unprovided("exchange")),
  },
  actions: {
    rememberReceipt: assign(({ context }, { receipt }: { receipt: Receipt }) => ({
      stored: receipt.stored,
      total: receipt.total,
      attempt: receipt.progressed ? 0 : context.attempt,
    })),
    rememberFailure: assign((_, { failure }: Failed) => ({ failure })),
    countAttempt: assign(({ context }, { failure, chance, nowMs }: Failed) => {
      const attempt = context.attempt + 1;
      const backoffMs = retryDelay(context.retryPolicy, attempt, chance, failure.retryAfterMs);
      const deadline = failure.retryAfterMs === null ? null : { untilMs: nowMs + backoffMs, lengthMs: backoffMs };
      return { failure, attempt, backoffMs, deadline };
    }),
    waitOn: assign(({ context }, { nowMs }: { nowMs: number }) => ({
      backoffMs: remainingMs(context.deadline, nowMs),
    })),
    noteSent: assign({ sent: true }),
    noteOnline: assign({ online: true }),
    noteOffline: assign({ online: false }),
  },
  guards: {
    isOnline: ({ context }) => context.online,
    mayLeave: ({ context }) => context.repeatable || !context.sent,
    mustWait: ({ context }, { nowMs }: { nowMs: number }) => context.online && remainingMs(context.deadline, nowMs) > 0,
    mustWaitOnline: ({ context }, { nowMs }: { nowMs: number }) => remainingMs(context.deadline, nowMs) > 0,
    mayRetry: ({ context }, { failure }: { failure: ExchangeFailure }) =>
      context.repeatable && failure.retryable && context.attempt < retriesOf(context.retryPolicy, failure.code),
    mayWaitForRoom: ({ context }, { failure }: { failure: ExchangeFailure }) =>
      context.repeatable && context.waitsForRoom && failure.code === "store-full",
    mayWaitForNetwork: ({ context }, { failure }: { failure: ExchangeFailure }) =>
      context.repeatable && failure.retryable && !context.online,
  },
  delays: {
    backoff: ({ context }) => context.backoffMs,
    roomCheck: ({ context }) => context.retryPolicy.maxDelayMs,
  },
}).createMachine({
  id: "record",
  context: ({ input }) => ({ ...input, stored: 0, total: null, attempt: 0, backoffMs: 0, failure: null, sent: false }),
  initial: "unsettled",
  states: {
    unsettled: {
      initial: "pending",
      on: {
        "record.abort": "aborted",
        "network.online": { actions: "noteOnline" },
        "network.offline": { actions: "noteOffline" },
      },
      states: {
        pending: {
          on: {
            "record.start": [
              {
                guard: { type: "mustWait", params: timeParams },
                target: "active.backing-off",
                actions: { type: "waitOn", params: timeParams },
              },
              { guard: "isOnline", target: "active.exchanging" },
              { target: "active.paused-offline" },
            ],
          },
        },
        active: {
          initial: "exchanging",
          states: {
            exchanging: {
              invoke: { src: "exchange", input: exchangeInput },
              on: {
                "record.pause": { guard: "mayLeave", target: "paused" },
                "network.offline": [
                  { guard: "mayLeave", target: "paused-offline", actions: "noteOffline" },
                  { actions: "noteOffline" },
                ],
                "exchange.sent": { actions: "noteSent" },
                "exchange.checkpoint": {
                  actions: { type: "rememberReceipt", params: ({ event }) => ({ receipt: event.receipt }) },
                },
                "exchange.completed": "#record.success",
                "exchange.failed": [
                  {
                    guard: { type: "mayWaitForNetwork", params: failureParams },
                    target: "paused-offline",
                    actions: { type: "rememberFailure", params: failureParams },
                  },
                  {
                    guard: { type: "mayWaitForRoom", params: failureParams },
                    target: "paused-full",
                    actions: { type: "rememberFailure", params: failureParams },
                  },
                  {
                    guard: { type: "mayRetry", params: failureParams },
                    target: "backing-off",
                    actions: { type: "countAttempt", params: failureParams },
                  },
                  { target: "#record.failure", actions: { type: "rememberFailure", params: failureParams } },
                ],
              },
            },
            "backing-off": {
              tags: "waiting",
              after: { backoff: "exchanging" },
              on: {
                "record.pause": "paused",
                "network.offline": { target: "paused-offline", actions: "noteOffline" },
              },
            },
            "paused-full": {
              tags: "waiting",
              after: { roomCheck: "exchanging" },
              on: {
                "record.pause": "paused",
                "network.offline": { target: "paused-offline", actions: "noteOffline" },
              },
            },
            "paused-offline": {
              tags: "waiting",
              on: {
                "record.pause": "paused",
                "network.online": [
                  {
                    guard: { type: "mustWaitOnline", params: timeParams },
                    target: "backing-off",
                    actions: ["noteOnline", { type: "waitOn", params: timeParams }],
                  },
                  { target: "exchanging", actions: "noteOnline" },
                ],
              },
            },
            paused: {
              tags: "waiting",
              on: {
                "record.resume": [
                  {
                    guard: { type: "mustWait", params: timeParams },
                    target: "backing-off",
                    actions: { type: "waitOn", params: timeParams },
                  },
                  { guard: "isOnline", target: "exchanging" },
                  { target: "paused-offline" },
                ],
              },
            },
          },
        },
      },
    },
    success: { type: "final", tags: "settled" },
    failure: { type: "final", tags: "settled" },
    aborted: { type: "final", tags: "settled" },
  },
});

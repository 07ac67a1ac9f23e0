import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { getNextTransitions, initialTransition, transition } from "xstate";
import { exchangeFailure } from "../models/exchange-failure.ts";
import { type RecordEvent, type RecordInput, recordMachine } from "../models/record.machine.ts";
import { stateName } from "../models/state-name.ts";

const policy = { limit: 3, minDelayMs: 100, maxDelayMs: 1_000 };
const inputOf = (repeatable: boolean): RecordInput => ({
  recordId: "0",
  repeatable,
  online: true,
  retryPolicy: policy,
  waitsForRoom: true,
  deadline: null,
});

/** One payload per event type. A type that the machine invents itself (`xstate.after…`) needs none. */
function eventOf(type: string, n: number): RecordEvent {
  switch (type) {
    case "exchange.checkpoint":
      return { type, receipt: { stored: n, total: null, progressed: n % 3 === 0 } };
    case "exchange.failed":
      return {
        type,
        failure: exchangeFailure(n % 7 === 3 ? "store-full" : "interrupted", "cut", { retryable: n % 2 === 0 }),
        chance: 0.5,
        nowMs: n,
      };
    default:
      return { type, nowMs: n } as RecordEvent;
  }
}

/** Walk by the transitions that are enabled: a flat list of events finds one planted bug in three seeds of four. */
function walk(
  repeatable: boolean,
  choices: readonly number[],
  step: (before: Snapshot, event: RecordEvent, after: Snapshot) => void,
): Snapshot {
  let [snapshot] = initialTransition(recordMachine, inputOf(repeatable));
  for (const n of choices) {
    const enabled = getNextTransitions(snapshot).map(({ eventType }) => eventType);
    const event = eventOf(enabled[n % Math.max(1, enabled.length)] ?? "record.abort", n);
    const [next] = transition(recordMachine, snapshot, event);
    step(snapshot, event, next);
    snapshot = next;
  }
  return snapshot;
}

type Snapshot = ReturnType<typeof initialTransition<typeof recordMachine>>[0];
const choices = fc.array(fc.nat(), { maxLength: 60 });

describe("record machine", () => {
  // Mutant: handle record.abort on the root instead of on `unsettled`.
  it("One end: settles at most once, and never changes afterwards", () => {
    fc.assert(
      fc.property(choices, fc.boolean(), (walked, repeatable) => {
        walk(repeatable, walked, (before, event, after) => {
          if (before.hasTag("settled")) expect(after.value, event.type).toEqual(before.value);
        });
      }),
    );
  });

  // Mutants: drop `context.repeatable` from mayRetry; drop `!context.sent` from mayLeave; forget noteSent.
  it("No blind repeat: a request that may not be repeated begins no exchange once one has been sent", () => {
    fc.assert(
      fc.property(choices, (walked) => {
        let sent = false;
        walk(false, walked, (before, event, after) => {
          const begins = stateName(before.value) !== "exchanging" && stateName(after.value) === "exchanging";
          expect(sent && begins).toBe(false);
          sent ||= event.type === "exchange.sent";
        });
      }),
    );
  });

  // Mutant: `context.repeatable` alone in mayLeave.
  it("a request that may not be repeated can be paused until it is sent, and not after", () => {
    const paused = (events: readonly RecordEvent[]): string => {
      let [snapshot] = initialTransition(recordMachine, inputOf(false));
      for (const event of events) [snapshot] = transition(recordMachine, snapshot, event);
      return stateName(snapshot.value);
    };
    expect(paused([{ type: "record.start", nowMs: 0 }, { type: "record.pause" }])).toBe("paused");
    expect(paused([{ type: "record.start", nowMs: 0 }, { type: "exchange.sent" }, { type: "record.pause" }])).toBe(
      "exchanging",
    );
  });

  // Mutant: `<=` for `<` in mayRetry.
  it("gives up after `limit` fruitless exchanges in a row, and not before", () => {
    const [start] = initialTransition(recordMachine, inputOf(true));
    let [snapshot] = transition(recordMachine, start, { type: "record.start", nowMs: 0 });
    for (let failures = 1; failures <= policy.limit; failures += 1) {
      [snapshot] = transition(recordMachine, snapshot, eventOf("exchange.failed", 0));
      expect(stateName(snapshot.value)).toBe("backing-off");
      [snapshot] = transition(recordMachine, snapshot, fired(snapshot));
    }
    [snapshot] = transition(recordMachine, snapshot, eventOf("exchange.failed", 0));
    expect(stateName(snapshot.value)).toBe("failure");
  });

  // Mutant: do not reset `attempt` on a fruitful receipt.
  it("Works while it can: real progress gives the whole budget back", () => {
    const [start] = initialTransition(recordMachine, inputOf(true));
    let [snapshot] = transition(recordMachine, start, { type: "record.start", nowMs: 0 });
    for (let round = 0; round < 10 * policy.limit; round += 1) {
      [snapshot] = transition(recordMachine, snapshot, eventOf("exchange.checkpoint", 0));
      [snapshot] = transition(recordMachine, snapshot, eventOf("exchange.failed", 0));
      expect(stateName(snapshot.value)).toBe("backing-off");
      [snapshot] = transition(recordMachine, snapshot, fired(snapshot));
    }
  });

  // Mutant: count an attempt on the way to paused-offline.
  it("waits for the network without spending attempts, and goes on when it is back", () => {
    const [start] = initialTransition(recordMachine, { ...inputOf(true), online: false });
    let [snapshot] = transition(recordMachine, start, { type: "record.start", nowMs: 0 });
    expect(stateName(snapshot.value)).toBe("paused-offline");
    for (let round = 0; round < 10 * policy.limit; round += 1) {
      [snapshot] = transition(recordMachine, snapshot, { type: "network.online", nowMs: 0 });
      expect(stateName(snapshot.value)).toBe("exchanging");
      [snapshot] = transition(recordMachine, snapshot, { type: "network.offline" });
    }
    expect(snapshot.context.attempt).toBe(0);
  });

  // Mutants: go from `paused`, `paused-offline` or `pending` to `exchanging` without a look at the deadline.
  it("C1 a Retry-After binds: no resume, no network and no restart begins an exchange before it", () => {
    const refusal = exchangeFailure("status", "busy", { status: 503, retryAfterMs: 90_000 });
    fc.assert(
      fc.property(choices, fc.boolean(), (walked, restarted) => {
        const deadline = { untilMs: 100_000, lengthMs: 100_000 };
        let [snapshot] = initialTransition(recordMachine, { ...inputOf(true), deadline: restarted ? deadline : null });
        let nowMs = 0;
        const go = (event: RecordEvent): void => {
          [snapshot] = transition(recordMachine, snapshot, event);
        };
        if (!restarted) {
          go({ type: "record.start", nowMs });
          go({ type: "exchange.failed", failure: refusal, chance: 0, nowMs });
        }
        for (const n of walked) {
          nowMs = Math.min(nowMs + (n % 10_000), 89_999);
          const enabled = getNextTransitions(snapshot).map(({ eventType }) => eventType);
          const type = enabled[n % Math.max(1, enabled.length)] ?? "record.abort";
          if (!type.startsWith("xstate.after")) go({ type, nowMs } as RecordEvent);
          expect(stateName(snapshot.value), type).not.toBe("exchanging");
          if (stateName(snapshot.value) === "backing-off") {
            expect(snapshot.context.backoffMs + nowMs).toBeGreaterThanOrEqual(90_000);
          }
        }
      }),
    );
  });

  // Mutant: drop `lengthMs` from remainingMs.
  it("H1 a clock that was put back does not make a Retry-After longer than it was", () => {
    const deadline = { untilMs: 1_000_000_000, lengthMs: 5_000 };
    const [start] = initialTransition(recordMachine, { ...inputOf(true), deadline });
    const [waiting] = transition(recordMachine, start, { type: "record.start", nowMs: 0 });

    expect([stateName(waiting.value), waiting.context.backoffMs]).toEqual(["backing-off", 5_000]);
  });

  // Mutant: let `paused` listen to network.online.
  it("starts no exchange while it is paused, whatever the network does", () => {
    fc.assert(
      fc.property(choices, (walked) => {
        walk(true, walked, (before, event, after) => {
          if (stateName(before.value) !== "paused" || event.type === "record.resume") return;
          expect(stateName(after.value)).not.toBe("exchanging");
        });
      }),
    );
  });
});

function fired(snapshot: Snapshot): RecordEvent {
  const timer = getNextTransitions(snapshot).find(({ eventType }) => eventType.startsWith("xstate.after"));
  return { type: timer?.eventType } as unknown as RecordEvent;
}

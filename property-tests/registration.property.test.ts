import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { getNextTransitions, initialTransition, transition } from "xstate";
import type { FailureReason } from "../models/failure-reason.ts";
import { type RegistrationEvent, type RegistrationInput, registrationMachine } from "../models/registration.machine.ts";

const fresh: RegistrationInput = {
  id: "episode",
  records: 3,
  settled: 0,
  failureReason: null,
  decided: false,
  paused: false,
  online: true,
};

type Snapshot = ReturnType<typeof initialTransition<typeof registrationMachine>>[0];

const reasons: readonly (FailureReason | null)[] = [
  null,
  "bad-status",
  "fetch-error",
  "quota-exceeded",
  "download-total-exceeded",
];

function eventOf(type: string, n: number): RegistrationEvent {
  if (type === "record.settled") return { type, failureReason: reasons[n % reasons.length] ?? null };
  return { type } as RegistrationEvent;
}

function walk(
  input: RegistrationInput,
  choices: readonly number[],
  step: (before: Snapshot, event: RegistrationEvent, after: Snapshot) => void,
): void {
  let [snapshot] = initialTransition(registrationMachine, input);
  for (const n of choices) {
    const enabled = getNextTransitions(snapshot).map(({ eventType }) => eventType);
    const event = eventOf(enabled[n % Math.max(1, enabled.length)] ?? "registration.abort", n);
    const [next] = transition(registrationMachine, snapshot, event);
    step(snapshot, event, next);
    snapshot = next;
  }
}

const endOf = (snapshot: Snapshot): string | null => {
  const [outer] = typeof snapshot.value === "string" ? [snapshot.value] : Object.keys(snapshot.value);
  return outer === undefined || outer === "unsettled" ? null : outer;
};

const input = fc.record({ paused: fc.boolean(), online: fc.boolean(), records: fc.integer({ min: 1, max: 5 }) });
const choices = fc.array(fc.nat(), { maxLength: 40 });

describe("registration machine", () => {
  // Mutant: handle registration.abort on the root.
  it("One end: settles at most once, and its end never changes afterwards", () => {
    fc.assert(
      fc.property(input, choices, (given, walked) => {
        walk({ ...fresh, ...given }, walked, (before, event, after) => {
          if (endOf(before) !== null) expect(endOf(after), event.type).toBe(endOf(before));
        });
      }),
    );
  });

  // Mutants: last failure wins; exceeding ends in `aborted`; success while a record failed.
  it("Right event: abort ends aborted, the first failure wins otherwise, and exceeding the total is a failure", () => {
    fc.assert(
      fc.property(input, choices, (given, walked) => {
        let first: FailureReason | null = null;
        let settled = 0;
        walk({ ...fresh, ...given }, walked, (before, event, after) => {
          if (endOf(before) !== null) return;
          if (event.type === "record.settled") {
            first ??= event.failureReason;
            settled += 1;
          }
          const end = endOf(after);
          if (event.type === "registration.abort") expect(end).toBe("aborted");
          else if (event.type === "record.settled" && event.failureReason === "download-total-exceeded") {
            expect(end).toBe("failure");
            expect(after.context.failureReason).toBe(first);
          } else if (end !== null) {
            expect(settled).toBeGreaterThanOrEqual(given.records);
            expect(end).toBe(first === null ? "success" : "failure");
            expect(after.context.failureReason).toBe(first);
          }
        });
      }),
    );
  });

  // Mutant: enter `transferring` on network.online from `paused`.
  it("transfers only while it is neither paused nor offline", () => {
    fc.assert(
      fc.property(input, choices, (given, walked) => {
        let { paused, online } = given;
        walk({ ...fresh, ...given }, walked, (_before, event, after) => {
          if (event.type === "registration.pause") paused = true;
          if (event.type === "registration.resume") paused = false;
          if (event.type === "network.online") online = true;
          if (event.type === "network.offline") online = false;
          const transferring = after.matches({ unsettled: { active: "transferring" } });
          if (transferring) expect({ paused, online }).toEqual({ paused: false, online: true });
        });
      }),
    );
  });

  it("a restart with its event still owed goes on to deliver the same end", () => {
    const ends: readonly [Partial<RegistrationInput>, string][] = [
      [{ settled: 3, failureReason: null }, "success"],
      [{ settled: 3, failureReason: "bad-status" }, "failure"],
      [{ settled: 1, failureReason: "download-total-exceeded" }, "failure"],
      [{ settled: 0, failureReason: "aborted" }, "aborted"],
    ];
    for (const [given, end] of ends) {
      const [pending] = initialTransition(registrationMachine, { ...fresh, ...given, decided: true });
      const [started] = transition(registrationMachine, pending, { type: "registration.start" });
      expect(started.value).toEqual({ [end]: "delivering" });
    }
  });
});

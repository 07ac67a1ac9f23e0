import type { Clock } from "../../core/ports/index.ts";
import { type ContractCase, check } from "./contract.ts";

/** Where a clock meets its contract. */
export interface ClockHarness {
  readonly name: string;
  open(): Promise<{
    readonly clock: Clock;
    /** Lets this much time go by: waits on a real clock, advances a simulated one. */
    pass(ms: number): Promise<void>;
    /** A steady count of milliseconds, against which the clock is measured. */
    elapsed(): number;
  }>;
}

/** What every `Clock` must do. */
export const clockContract: readonly ContractCase<ClockHarness>[] = [
  {
    title: "setTimeout calls back once, not before ms milliseconds",
    async run(harness) {
      const { clock, pass, elapsed } = await harness.open();
      for (const ms of [0, 1, 10, 25.5]) {
        let calls = 0;
        const before = elapsed();
        let after = before;
        clock.setTimeout(() => {
          calls += 1;
          after = elapsed();
        }, ms);
        check(calls === 0, "never from within setTimeout");
        while (calls === 0) await pass(5);
        await pass(5);
        check(calls === 1, "once");
        check(after - before >= ms, `not before ${ms} ms, but after ${after - before}`);
      }
    },
  },
  {
    title: "setTimeout does not call back early for any ms up to 2^53",
    async run(harness) {
      const { clock, pass } = await harness.open();
      let calls = 0;
      const delays = [2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 32 + 5, 2 ** 53];
      const timers = delays.map((ms) => clock.setTimeout(() => (calls += 1), ms));
      await pass(50);
      for (const timer of timers) clock.clearTimeout(timer);
      check(calls === 0, "50 ms are not 24 days");
    },
  },
  {
    title: "clearTimeout stops a timer, and minds neither one that is over nor none",
    async run(harness) {
      const { clock, pass } = await harness.open();
      const called: string[] = [];
      const stopped = clock.setTimeout(() => called.push("stopped"), 5);
      const over = clock.setTimeout(() => called.push("over"), 0);
      clock.clearTimeout(stopped);
      while (called.length === 0) await pass(5);
      await pass(20);
      clock.clearTimeout(over);
      clock.clearTimeout(stopped);
      clock.clearTimeout(undefined);
      clock.clearTimeout(null);
      check(called.join() === "over", "only the one that was not stopped");
    },
  },
  {
    title: "now is milliseconds since 1970",
    async run(harness) {
      const { clock, pass } = await harness.open();
      const before = clock.now();
      await pass(20);
      const passed = clock.now() - before;
      check(Number.isFinite(before) && before >= 0, "a count of milliseconds");
      check(passed >= 15 && passed < 10_000, "that goes on as time does");
    },
  },
];

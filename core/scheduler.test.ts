import { describe, expect, it } from "vitest";
import type { FetchPriority } from "../models/registration-row.ts";
import { createScheduler, type Schedulable } from "./scheduler.ts";

function registration(priority: FetchPriority, records: number, started: string[]): Schedulable {
  let left = records;
  return {
    priority,
    startNext() {
      if (left === 0) return false;
      left -= 1;
      started.push(priority);
      return true;
    },
  };
}

const pumped = (): Promise<void> => Promise.resolve();

describe("the scheduler", () => {
  // Mutant: one ring for all.
  it("starts the records of a higher priority first, and the others when none of it are left", async () => {
    const started: string[] = [];
    const scheduler = createScheduler(1);
    scheduler.count(1);
    for (const priority of ["low", "auto", "high"] as const) scheduler.admit(registration(priority, 2, started));
    await pumped();
    expect(started).toEqual([]);

    scheduler.count(-1);
    await pumped();

    expect(started).toEqual(["high", "high", "auto", "auto", "low", "low"]);
  });

  // Mutant: do not put the registration at the end of its ring.
  it("gives each registration of one priority its turn", async () => {
    const order: string[] = [];
    const scheduler = createScheduler(4);
    const member = (name: string): Schedulable => ({
      priority: "auto",
      startNext() {
        order.push(name);
        scheduler.count(1);
        return true;
      },
    });
    scheduler.count(1);
    scheduler.admit(member("first"));
    scheduler.admit(member("second"));
    await pumped();

    expect(order).toEqual(["first", "second", "first"]);
  });

  it("starts nothing of a registration that it is to hold", async () => {
    const started: string[] = [];
    const scheduler = createScheduler(1);
    const held = registration("auto", 1, started);
    scheduler.count(1);
    scheduler.admit(held);

    scheduler.hold(held);
    scheduler.count(-1);
    await pumped();

    expect(started).toEqual([]);
  });
});

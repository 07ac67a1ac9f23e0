import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SystemClock } from "../memory/system-clock.ts";
import { NodeConnectivity } from "./node-connectivity.ts";
import { watchSleep } from "./sleep-watch.ts";

/** A wall clock that the test sets, and a pulse that it gives. */
class HandClock extends SystemClock {
  time = 1_000_000;
  #tick: () => void = () => {};
  readonly pulse = (tick: () => void) => {
    this.#tick = tick;
    return () => {
      this.#tick = () => {};
    };
  };

  override now(): number {
    return this.time;
  }

  pass(ms: number): void {
    this.time += ms;
    this.#tick();
  }
}

describe("a machine that sleeps", () => {
  // Mutants: compare with the first tick instead of the last; no limit below which a gap is none.
  it("H3 is noticed by a wall clock that went on without this process, and only by that", () => {
    const clock = new HandClock();
    let woken = 0;
    const onWake = (): void => {
      woken += 1;
    };
    const stop = watchSleep(clock, onWake, clock.pulse);
    const afterEach = [10_000, 10_050, 25_000, 39_000, 8 * 3_600_000, 10_000, 10_000, 40_001, 10_000].map((ms) => {
      clock.pass(ms);
      return woken;
    });
    stop();
    clock.pass(3_600_000);

    expect(afterEach).toEqual([0, 0, 0, 0, 1, 1, 1, 2, 2]);
    expect(woken).toBe(2);
  });

  it("H1 H2 is not what a wall clock means that is put back, nor what comes after", () => {
    const clock = new HandClock();
    let woken = 0;
    const onWake = (): void => {
      woken += 1;
    };
    watchSleep(clock, onWake, clock.pulse);
    for (const ms of [-3_600_000, 10_000, -1_000_000, 10_000]) clock.pass(ms);
    expect(woken).toBe(0);
  });

  it("H3 makes the network go and come back at once, and says nothing to one that is gone anyway", async () => {
    const clock = new HandClock();
    const answers = { interfaces: () => "", connect: async () => "unreachable" as const };
    await using connectivity = new NodeConnectivity({ ...answers, clock, pulse: clock.pulse });
    const heard: string[] = [];
    connectivity.watch((state) => heard.push(`${state} ${connectivity.state}`));

    clock.pass(600_000);
    expect(heard).toEqual(["offline offline", "online online"]);
    expect(connectivity.state).toBe("online");

    connectivity.suspect("https://download.example");
    await expect.poll(() => connectivity.state).toBe("offline");
    clock.pass(600_000);
    expect(heard).toHaveLength(3);
    await connectivity[Symbol.asyncDispose]();
    clock.pass(600_000);
    expect(heard).toHaveLength(3);
  });

  // Mutant: a pulse that is not unref'd.
  it("H3 the watch for it keeps no process alive", () => {
    const module = JSON.stringify(join(import.meta.dirname, "node-connectivity.ts"));
    const program = `const { NodeConnectivity } = await import(${module}); new NodeConnectivity();`;
    const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { timeout: 15_000 });
    expect([status, String(stderr)]).toEqual([0, ""]);
  });
});

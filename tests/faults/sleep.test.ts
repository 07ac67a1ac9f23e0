import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NodeConnectivity } from "../../adapters/node/index.ts";
import { openNodePorts } from "../../adapters/node/node-ports.ts";
import { createEngine } from "../../core/index.ts";
import { MiB, nextEvent, stored } from "../engine/fixture.ts";
import { createOrigin } from "../origin/origin.ts";
import { testFolder } from "./test-folder.ts";

describe("a laptop that sleeps", () => {
  // Mutant: a watch for sleep that says nothing. The connection stalls for ever.
  it("H3 gives up its sockets when it wakes, goes on where it was, and no attempt is spent", async () => {
    const directory = join(testFolder(), "store");
    await using origin = await createOrigin();
    const { url } = origin.resource("/file", {
      body: { size: 8 * MiB, seed: 1 },
      faults: [{ type: "stall", after: 5 * MiB }],
    });
    const ports = await openNodePorts({ directory });
    await ports.connectivity[Symbol.asyncDispose]();
    let asleepMs = 0;
    let tick = (): void => {};
    const connectivity = new NodeConnectivity({
      clock: { ...ports.clock, now: () => Date.now() + asleepMs, setTimeout, clearTimeout: () => {} },
      pulse(ticked) {
        tick = ticked;
        return () => {};
      },
    });
    await using engine = await createEngine({ ...ports, connectivity }, { progressMs: 5, retry: { limit: 1 } });
    const states: [string, number][] = [];
    engine.events.on("record.state", ({ state, attempt }) => states.push([state, attempt]));
    const registration = await engine.backgroundFetch.fetch("episode", url);
    await stored(registration, 4 * MiB);

    asleepMs = 8 * 3_600_000;
    tick();

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
    expect(states.map(([state]) => state)).toEqual(["exchanging", "paused-offline", "exchanging"]);
    expect(new Set(states.map(([, attempt]) => attempt)).size).toBe(1);
    expect(origin.log[1]?.range).toMatch(/^bytes=[1-9]/);
  });
});

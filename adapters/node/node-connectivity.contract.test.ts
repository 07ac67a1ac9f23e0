import { setTimeout as wait } from "node:timers/promises";
import { connectivityContract } from "../../property-tests/contracts/connectivity.contract.ts";
import { runWithVitest } from "../../property-tests/contracts/run-with-vitest.ts";
import { SystemClock } from "../memory/system-clock.ts";
import { NodeConnectivity } from "./node-connectivity.ts";

/** A clock a hundred times as fast, so that nobody waits for the seconds between two looks. */
class FastClock extends SystemClock {
  override setTimeout(callback: (...args: unknown[]) => void, ms: number): unknown {
    return super.setTimeout(callback, ms / 100);
  }
}

runWithVitest(connectivityContract, {
  name: "node connectivity",
  async open() {
    let plugged = true;
    const connectivity = new NodeConnectivity({
      interfaces: () => "eth0 192.0.2.1",
      connect: async () => (plugged ? "reachable" : "unreachable"),
      clock: new FastClock(),
    });
    return {
      connectivity,
      origin: "https://download.example",
      unplug() {
        plugged = false;
      },
      plug() {
        plugged = true;
      },
      async until(condition) {
        while (!condition()) await wait(1);
      },
    };
  },
});

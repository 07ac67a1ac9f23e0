import type { Connectivity, NetworkState } from "../../core/ports/index.ts";
import { type ContractCase, check } from "./contract.ts";

/** Where a connectivity meets its contract. */
export interface ConnectivityHarness {
  readonly name: string;
  /** Why its state never changes; left out where it does. */
  readonly constant?: string | undefined;
  /** A connectivity on a network that is there, and that can be taken away and given back. */
  open(): Promise<{
    readonly connectivity: Connectivity;
    /** An origin that can be reached while the network is there. */
    readonly origin: string;
    unplug(): void;
    plug(): void;
    /** Lets time go by until `condition` holds. */
    until(condition: () => boolean): Promise<void>;
  }>;
}

const skip = ({ constant }: ConnectivityHarness): string | undefined => constant;

/** What every `Connectivity` must do. */
export const connectivityContract: readonly ContractCase<ConnectivityHarness>[] = [
  {
    title: "watch calls listener on each change, never from within watch, and state is what the last call said",
    skip,
    async run(harness) {
      const { connectivity, origin, unplug, plug, until } = await harness.open();
      const heard: NetworkState[] = [];
      const agreed: boolean[] = [];
      connectivity.watch((state) => {
        heard.push(state);
        agreed.push(connectivity.state === state);
      });
      check(heard.length === 0, "not from within watch");
      unplug();
      connectivity.suspect(origin);
      await until(() => connectivity.state === "offline");
      plug();
      await until(() => connectivity.state === "online");
      check(heard.join() === "offline,online", "each change once, in order");
      check(agreed.every(Boolean), "state agrees with the call");
      await connectivity[Symbol.asyncDispose]();
    },
  },
  {
    title: "suspect makes it look for itself before it says offline",
    async run(harness) {
      const { connectivity, origin, until } = await harness.open();
      let heard = 0;
      connectivity.watch(() => {
        heard += 1;
      });
      for (let n = 0; n < 10; n += 1) connectivity.suspect(origin);
      let turns = 0;
      await until(() => ++turns > 3);
      await connectivity[Symbol.asyncDispose]();
      check(heard === 0 && connectivity.state === "online", "a suspicion alone changes nothing");
    },
  },
  {
    title: "a listener is not called once it has stopped watching",
    skip,
    async run(harness) {
      const { connectivity, origin, unplug, until } = await harness.open();
      const heard: string[] = [];
      const stop = connectivity.watch(() => heard.push("stopped"));
      connectivity.watch(() => heard.push("watching"));
      stop();
      stop();
      unplug();
      connectivity.suspect(origin);
      await until(() => heard.length > 0);
      await connectivity[Symbol.asyncDispose]();
      check(heard.join() === "watching", "only who still watches");
    },
  },
];

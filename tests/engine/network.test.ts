import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openNodePorts } from "../../adapters/node/node-ports.ts";
import { createEngine, type Engine } from "../../core/index.ts";
import type { Connectivity, NetworkState } from "../../core/ports/index.ts";
import { temporaryFolder } from "../crash/temporary-folder.ts";
import { createOrigin } from "../origin/origin.ts";
import { MiB, nextEvent, stored } from "./fixture.ts";

/** A network that is there or not as the test says. */
class HandConnectivity implements Connectivity {
  readonly name = "hand";
  readonly suspected: string[] = [];
  readonly #listeners = new Set<(state: NetworkState) => void>();
  state: NetworkState = "online";

  set(state: NetworkState): void {
    this.state = state;
    for (const listener of this.#listeners) listener(state);
  }

  watch(listener: (state: NetworkState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  suspect(origin: string): void {
    this.suspected.push(origin);
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

async function engineOver(directory: string, connectivity: Connectivity): Promise<Engine> {
  return createEngine({ ...(await openNodePorts({ directory })), connectivity }, { progressMs: 5 });
}

describe("a network that goes away", () => {
  it("C14 stops every exchange at once, is waited for as paused-offline, and goes on by itself", async () => {
    await using folder = await temporaryFolder();
    await using origin = await createOrigin();
    const { url } = origin.resource("/file", {
      body: { size: 8 * MiB, seed: 1 },
      faults: [{ type: "stall", after: 5 * MiB }],
    });
    const network = new HandConnectivity();
    await using engine = await engineOver(join(folder.path, "store"), network);
    const states: string[] = [];
    engine.events.on("record.state", ({ state }) => states.push(state));
    const registration = await engine.backgroundFetch.fetch("episode", url);
    await stored(registration, 4 * MiB);

    network.set("offline");
    await origin.until(() => origin.connections === 0);

    expect(registration.state).toBe("paused-offline");
    network.set("online");
    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
    expect(states).toEqual(["exchanging", "paused-offline", "exchanging"]);
    expect(origin.log[1]?.range).toMatch(/^bytes=[1-9]/);
  });

  it("E11 asks the network's keeper to look when a host has no name, and counts that as a failed exchange", async () => {
    await using folder = await temporaryFolder();
    const network = new HandConnectivity();
    await using engine = await engineOver(join(folder.path, "store"), network);
    const backedOff = new Promise<string | undefined>((resolve) => {
      engine.events.on("record.state", ({ state, failure }) => {
        if (state === "backing-off") resolve(failure?.code);
      });
    });

    await engine.backgroundFetch.fetch("episode", "http://no-such-host.invalid/file");

    expect(await backedOff).toBe("unreachable");
    expect(network.suspected[0]).toBe("http://no-such-host.invalid");
  });
});

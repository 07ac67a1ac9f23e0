import { type AddressInfo, createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { memoryPorts } from "../../../adapters/memory/index.ts";
import { UndiciTransport } from "../../../adapters/node/index.ts";
import { createEngine } from "../../../core/index.ts";
import { connectionScenarios } from "./connection-scenarios.ts";
import { follow, runScenario } from "./run-scenario.ts";

describe("a connection", () => {
  for (const scenario of connectionScenarios) it(scenario.title, () => runScenario(scenario));

  it("E10 a port at which nobody listens is asked again, and then a failure of its own name", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const retry = { limit: 2, minDelayMs: 1, maxDelayMs: 2 };
    await using engine = await createEngine({ ...memoryPorts(), transport: new UndiciTransport() }, { retry });
    let waits = 0;
    engine.events.on("record.state", ({ state }) => {
      if (state === "backing-off") waits += 1;
    });

    const { failure } = await follow(engine, `http://127.0.0.1:${port}/file`, {});

    expect([failure?.code, waits]).toEqual(["refused", 2]);
  });

  it("D12 a request of mode no-cors is refused with a TypeError, and nothing is sent", async () => {
    await using engine = await createEngine({ ...memoryPorts(), transport: new UndiciTransport() });

    const fetching = engine.backgroundFetch.fetch("file", new Request("http://127.0.0.1:9/", { mode: "no-cors" }));

    await expect(fetching).rejects.toThrow(TypeError);
    expect(await engine.backgroundFetch.getIds()).toEqual([]);
  });
});

import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { describe, expect, it } from "vitest";
import type { Clock } from "../../core/ports/index.ts";
import type { HostAndPort } from "./host-and-port.ts";
import { NodeConnectivity } from "./node-connectivity.ts";
import { connectTo, meansNoWay, type ProbeResult } from "./probe.ts";

const origin = "https://download.example";

/** A network whose interfaces and answers the test sets, and a clock that it winds. */
function world() {
  const set: { interfaces: string; answer: ProbeResult } = { interfaces: "eth0 192.0.2.1", answer: "unreachable" };
  const probes: HostAndPort[] = [];
  const timers: { readonly callback: () => void; readonly ms: number }[] = [];
  const clock: Clock = {
    now: () => 0,
    setTimeout(callback, ms) {
      const timer = { callback, ms };
      timers.push(timer);
      return timer;
    },
    clearTimeout(timer) {
      const index = timers.indexOf(timer as (typeof timers)[number]);
      if (index >= 0) timers.splice(index, 1);
    },
  };
  const connectivity = new NodeConnectivity({
    interfaces: () => set.interfaces,
    connect: async (target) => {
      probes.push(target);
      return set.answer;
    },
    clock,
  });
  /** Fire the timer that is set, and give its delay. */
  const look = async () => {
    await expect.poll(() => timers.length).toBe(1);
    const [timer] = timers.splice(0);
    timer?.callback();
    return timer?.ms;
  };
  return { set, probes, timers, connectivity, look };
}

describe("node connectivity", () => {
  it("says offline only after two failures in a row", async () => {
    const { set, probes, connectivity } = world();
    set.answer = "reachable";
    connectivity.suspect(origin);
    await expect.poll(() => probes.length).toBe(1);
    await connectivity[Symbol.asyncDispose]();
    expect(connectivity.state).toBe("online");

    const other = world();
    other.connectivity.suspect(origin);
    await expect.poll(() => other.connectivity.state).toBe("offline");
    expect(other.probes).toEqual([
      { host: "download.example", port: 443 },
      { host: "download.example", port: 443 },
    ]);
    await other.connectivity[Symbol.asyncDispose]();
  });

  it("asks nobody when no interface leads outside, but for this machine", async () => {
    const { set, probes, connectivity } = world();
    set.interfaces = "";
    set.answer = "reachable";
    connectivity.suspect("http://127.0.0.1:9");
    await expect.poll(() => probes.length).toBe(1);
    expect(connectivity.state).toBe("online");

    connectivity.suspect(origin);
    await expect.poll(() => connectivity.state).toBe("offline");
    expect(probes).toHaveLength(1);
    await connectivity[Symbol.asyncDispose]();
  });

  it("C14 looks again after 1 second, then less often, down to every 5, until the origin is back", async () => {
    const { set, connectivity, look } = world();
    connectivity.suspect(origin);
    const delays: (number | undefined)[] = [];
    for (let n = 0; n < 6; n += 1) delays.push(await look());
    expect(delays).toEqual([1_000, 1_500, 2_250, 3_375, 5_000, 5_000]);

    set.answer = "reachable";
    await look();
    await expect.poll(() => connectivity.state).toBe("online");
    await connectivity[Symbol.asyncDispose]();
  });

  // Another network may not lead to this origin, and still be one (E19).
  it("says online when the set of interfaces changes", async () => {
    const { set, connectivity, look } = world();
    connectivity.suspect(origin);
    await look();
    set.interfaces = "wlan0 198.51.100.7";
    await look();
    await expect.poll(() => connectivity.state).toBe("online");
    await connectivity[Symbol.asyncDispose]();
  });

  it("says nothing, and sets no timer, after disposal", async () => {
    const { timers, connectivity } = world();
    const heard: string[] = [];
    connectivity.watch((state) => heard.push(state));
    connectivity.suspect(origin);
    await connectivity[Symbol.asyncDispose]();
    connectivity.suspect(origin);
    expect(timers).toEqual([]);
    expect(heard).toEqual([]);
  });
});

describe("a probe", () => {
  const unaborted = new AbortController().signal;

  it("reaches a host that listens, and one that refuses", async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    expect(await connectTo({ host: "127.0.0.1", port }, unaborted)).toBe("reachable");

    server.close();
    await once(server, "close");
    expect(await connectTo({ host: "127.0.0.1", port }, unaborted)).toBe("reachable");
  });

  // Mutant: take a name that nobody has for a dead network. One typing error would then stop every download.
  it("takes no route and no name server for a dead network, and nothing that is about one host", () => {
    const errorOf = (code: string) => Object.assign(new Error(code), { code });

    const dead = ["EAI_AGAIN", "ENETUNREACH", "ENETDOWN", "ENOTFOUND", "EHOSTUNREACH", "ECONNREFUSED"].map((code) =>
      meansNoWay(errorOf(code)),
    );

    expect(dead).toEqual([true, true, true, false, false, false]);
    expect(meansNoWay(new AggregateError([errorOf("ENETUNREACH"), errorOf("ECONNREFUSED")]))).toBe(false);
  });

  it("ends at once when it is aborted, also before it begins", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const aborting = new AbortController();
    const probe = connectTo({ host: "127.0.0.1", port }, aborting.signal);
    aborting.abort();
    expect(await probe).toBe("reachable");
    expect(await connectTo({ host: "127.0.0.1", port }, aborting.signal)).toBe("reachable");
    server.close();
  });
});

import { describe, expect, it } from "vitest";
import { requestOf } from "../../property-tests/contracts/transport-harness.ts";
import { endOfExchange } from "../origin/end-of-exchange.ts";
import { createOrigin } from "../origin/origin.ts";
import { createNameServer, guardedTransport, pretendedPublic } from "./guarded-transport.ts";
import { answers } from "./spellings.ts";
import { createTripwire } from "./tripwire.ts";

describe('names, with network: "public"', () => {
  // Mutants: `lookup` hands its answer on unseen; only the first address of an answer is looked at.
  it.each([
    ["alone", (address: string) => [address]],
    ["behind a public one", (address: string) => [pretendedPublic, address]],
    ["before a public one", (address: string) => [address, pretendedPublic]],
  ])("N3 N5 lead nowhere when the answer has an address that is not public, %s", async (_, answer) => {
    await using tripwire = await createTripwire();
    const { guard, asked } = createNameServer(answers.map(answer));
    await using transport = guardedTransport(guard);
    const urls = answers.map((_address, at) => `http://name-${at}.example:${tripwire.port}/`);

    const ends = await Promise.all(urls.map((url) => endOfExchange(transport.send(requestOf(url)))));

    expect(answers.filter((_address, at) => ends[at] !== "forbidden")).toEqual([]);
    expect(answers.length).toBeGreaterThan(300);
    expect([asked.length, tripwire.connects]).toEqual([urls.length, 0]);
  });

  it("E12 N5 are asked for once, and connected to where the answer said", async () => {
    await using tripwire = await createTripwire();
    await using origin = await createOrigin({ host: pretendedPublic, port: tripwire.port });
    origin.resource("/file", { body: { size: 10, seed: 1 } });
    // Mutant: a lookup to check, and another one, of net's own, to connect.
    const { guard, asked } = createNameServer([[pretendedPublic], ["127.0.0.1"]]);
    await using transport = guardedTransport(guard);
    const url = `http://rebound.example:${tripwire.port}/file`;

    expect(await endOfExchange(transport.send(requestOf(url)))).toBe("whole");

    expect(origin.log[0]?.headers["host"]).toBe(`rebound.example:${tripwire.port}`);
    expect([asked.length, tripwire.connects]).toEqual([1, 0]);
  });

  it("E12 N5 are asked for again at each new connection, and refused once the answer is private", async () => {
    await using tripwire = await createTripwire();
    await using origin = await createOrigin({ host: pretendedPublic, port: tripwire.port });
    origin.resource("/file", {
      body: { size: 100_000, seed: 1 },
      faults: [{ type: "cut", after: 50_000, how: "rst" }],
    });
    const { guard, asked } = createNameServer([[pretendedPublic], ["127.0.0.1"]]);
    await using transport = guardedTransport(guard);
    const url = `http://rebound.example:${tripwire.port}/file`;

    const ends = [];
    for (let time = 0; time < 3; time += 1) ends.push(await endOfExchange(transport.send(requestOf(url))));

    expect(ends).toEqual(["interrupted", "forbidden", "forbidden"]);
    expect([asked.length, tripwire.connects]).toEqual([3, 0]);
  });

  // Mutant: the listener of "connect" is left out.
  it.each(["http", "https"])(
    "N4 have not the last word, over %s: the connected socket's address has",
    async (scheme) => {
      await using tripwire = await createTripwire();
      let checks = 0;
      const { guard } = createNameServer([["127.0.0.1"]], () => {
        checks += 1;
        return checks === 1;
      });
      await using transport = guardedTransport(guard);

      const end = await endOfExchange(transport.send(requestOf(`${scheme}://trusted.example:${tripwire.port}/`)));

      expect(end).toBe("forbidden");
      expect([tripwire.connects, tripwire.heard]).toEqual([1, 0]);
    },
  );

  it("that cannot be resolved are unreachable, not forbidden", async () => {
    const { guard } = createNameServer([[]]);
    await using transport = guardedTransport({
      ...guard,
      lookup: (hostname, _options, callback) =>
        callback(Object.assign(new Error(`No ${hostname}`), { code: "ENOTFOUND" }), ""),
    });

    expect(await endOfExchange(transport.send(requestOf("http://nobody.example/")))).toBe("unreachable");
  });
});

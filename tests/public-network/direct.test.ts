import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent } from "undici";
import { describe, expect, it, onTestFinished } from "vitest";
import { openEngine } from "../../adapters/node/index.ts";
import { connectTo } from "../../adapters/node/probe.ts";
import { UndiciTransport } from "../../adapters/node/undici-transport.ts";
import { requestOf } from "../../property-tests/contracts/transport-harness.ts";
import { cliHome } from "../cli/cli-home.ts";
import { nextEvent } from "../engine/fixture.ts";
import { endOfExchange } from "../origin/end-of-exchange.ts";
import { createNameServer } from "./guarded-transport.ts";
import { urlSpellings } from "./spellings.ts";
import { createTripwire } from "./tripwire.ts";

describe('network: "public", asked for a host that is not', () => {
  // Mutants: `mayTry` says yes; the check of literals compares the text of the URL; `isLoopback` for names left out.
  it("N3 N4 connects to none of 300 spellings", async () => {
    await using tripwire = await createTripwire();
    await using transport = new UndiciTransport({ network: "public" });
    const urls = urlSpellings(tripwire.port);

    const ends = await Promise.all(urls.map((url) => endOfExchange(transport.send(requestOf(url)))));

    expect(urls.filter((_, at) => ends[at] !== "forbidden")).toEqual([]);
    expect(urls.length).toBeGreaterThan(300);
    expect(tripwire.connects).toBe(0);
  });

  it("N4 is needed: without it the same spellings of this machine all arrive", async () => {
    await using tripwire = await createTripwire();
    await using transport = new UndiciTransport();
    const urls = urlSpellings(tripwire.port).filter((url) => new URL(url).hostname === "127.0.0.1");

    const ends = await Promise.all(urls.map((url) => endOfExchange(transport.send(requestOf(url)))));

    expect(new Set(ends)).toEqual(new Set(["whole"]));
    expect(tripwire.connects).toBeGreaterThan(100);
  });

  it("N3 says so in words that hold the host and nothing else of the URL", async () => {
    await using transport = new UndiciTransport({ network: "public" });

    const sending = transport.send(requestOf("http://10.1.2.3/private?key=s3cret"));

    await expect(sending).rejects.toThrow(/^10\.1\.2\.3 has an address that is not public$/);
  });

  // Mutants: a forbidden host is retryable; the probe has no guard.
  it("N3 fails the record at once, and asks no probe whether the network is there", async () => {
    await using tripwire = await createTripwire();
    const directory = mkdtempSync(join(tmpdir(), "longhaul-public-"));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const engine = await openEngine({ directory, network: "public" });
    onTestFinished(() => engine.close());
    const codes: (string | undefined)[] = [];
    engine.events.on("record.settled", ({ failure }) => codes.push(failure?.code));

    await engine.backgroundFetch.fetch("film", `http://2130706433:${tripwire.port}/film`);

    expect((await nextEvent(engine)).registration.failureReason).toBe("fetch-error");
    expect([codes, tripwire.connects]).toEqual([["forbidden"], 0]);
  });

  it("N5 does not even try whether it can be reached", async () => {
    await using tripwire = await createTripwire();
    const { port } = tripwire;
    const { guard, asked } = createNameServer([["127.0.0.1"]], () => false);
    const { signal } = new AbortController();

    const found = await Promise.all(
      ["127.0.0.1", "::1", "localhost", "rebound.example"].map((host) => connectTo({ host, port }, signal, guard)),
    );

    expect(found).toEqual(["reachable", "reachable", "reachable", "reachable"]);
    expect([asked, tripwire.connects]).toEqual([["rebound.example"], 0]);
  });
});

describe('network: "public", with what connects elsewhere', () => {
  it.each([
    ["a proxy", { network: "public", proxy: "environment" }],
    ["a dispatcher", { network: "public", dispatcher: new Agent() }],
    ["a word that nobody knows", { network: "private" as "public" }],
  ] as const)("N3 is a TypeError: %s", async (_, options) => {
    const directory = mkdtempSync(join(tmpdir(), "longhaul-public-"));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));

    expect(() => new UndiciTransport(options)).toThrow(TypeError);
    await expect(openEngine({ ...options, directory })).rejects.toThrow(TypeError);
    // Nothing is left open, nor held.
    const engine = await openEngine({ directory });
    await engine.close();
  });
});

describe("longhaul get --network public", () => {
  // Mutant: the proxy of the environment is used nevertheless.
  it("N3 connects to neither a private address nor a proxy", async () => {
    await using tripwire = await createTripwire();
    const home = cliHome();
    const env = { HTTP_PROXY: `http://127.0.0.1:${tripwire.port}` };

    const ended = await home.run(["get", "--network", "public", `http://0x7f.1:${tripwire.port}/file?key=s3cret`], {
      env,
    });

    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("127.0.0.1 has an address that is not public");
    expect(ended.stderr).toContain("With --network any it may be connected to.");
    expect([tripwire.connects, ended.stderr.includes("s3cret")]).toEqual([0, false]);
  });

  it("N3 takes no other word", async () => {
    const ended = await cliHome().run(["get", "--network", "private", "http://a.example/"]);

    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain("Allowed choices are any, public.");
  });
});

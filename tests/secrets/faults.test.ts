import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { openNodePorts } from "../../adapters/node/node-ports.ts";
import { UndiciTransport } from "../../adapters/node/undici-transport.ts";
import { createEngine } from "../../core/index.ts";
import { requestOf } from "../../property-tests/contracts/transport-harness.ts";
import { temporaryFolder } from "../crash/temporary-folder.ts";
import { createFixture } from "../engine/fixture.ts";
import { createPrivateCa, hasOpenssl } from "../origin/private-ca.ts";
import { canaries, found } from "./canaries.ts";
import { runSecretly, secretFields, secretRequest } from "./scenario.ts";
import { createTappedServer } from "./tapped-server.ts";
import { allowed, leaks, witnessOf } from "./witness.ts";

describe("what breaks does not tell secrets", () => {
  it("N11 when the name of the host leads nowhere", async () => {
    const shown = await runSecretly(
      secretRequest(`http://${"a".repeat(64)}.test/film`),
      {},
      (state) => state !== "exchanging",
    );

    expect([shown.result, shown.told, leaks(shown.stored.keys(), allowed.atRest)]).toEqual(["abort", [], []]);
  });

  it.runIf(hasOpenssl)("N11 when nobody vouches for the certificate", async () => {
    await using server = await createTappedServer(() => undefined, { tls: await createPrivateCa() });

    const shown = await runSecretly(secretRequest(`${server.url}/film`));

    expect([shown.result, shown.told, leaks(shown.stored.keys(), allowed.atRest)]).toEqual(["fail", [], []]);
    expect(server.heard().length).toBe(0);
  });

  it.each([
    ["throws one", (): never => fail(`refresh token ${canaries.thrown} has expired`)],
    ["gives one that no header may hold", () => ({ authorization: `${canaries.thrown}\n${canaries.thrown}` })],
    ["gives one that undici refuses", () => ({ "content-length": canaries.thrown })],
    ["gives one that undici has no use for", () => ({ upgrade: canaries.thrown, expect: canaries.thrown })],
  ] as const)("N11 when the provider of header fields %s", async (_, headers) => {
    await using server = await createTappedServer((_request, response) => void response.end("film"));

    const shown = await runSecretly(secretRequest(`${server.url}/film`), { headers });

    expect(shown.told).toEqual([]);
    expect(leaks(shown.stored.keys(), allowed.atRest)).toEqual([]);
  });

  // Mutant: the message of an error that nobody foresaw becomes the failure's detail.
  it.each([
    ["an Error", () => new TypeError(`Failed to parse URL from https://a.example/?token=${canaries.thrown}`)],
    [
      "an Error with a code",
      () => Object.assign(new Error(canaries.thrown), { code: canaries.thrown, name: canaries.thrown }),
    ],
    ["a text", () => canaries.thrown],
  ])("N11 when a port throws %s that quotes one", async (_, thrown) => {
    await using folder = await temporaryFolder();
    const ports = await openNodePorts({ directory: folder.path });
    const { name, supports } = ports.transport;
    const [dispose, send] = [() => ports.transport[Symbol.asyncDispose](), () => Promise.reject(thrown())];
    const engine = await createEngine({
      ...ports,
      transport: { name, supports, send, [Symbol.asyncDispose]: dispose },
    });
    const witness = witnessOf(engine);
    const ended = new Promise<void>((resolve) => engine.events.on("record.settled", () => resolve()));

    const registration = await engine.backgroundFetch.fetch("film", "http://a.example/film");
    const record = await registration.match("http://a.example/film");
    await record?.responseReady.catch(witness.note);
    await ended;
    await engine.close();

    expect(witness.told()).toEqual([]);
  });

  // Mutant: "Not a URL" quotes what is none.
  it.each([
    ["in a URL", `https://me:${canaries.userinfo}@a.example/`],
    ["in what is no URL", `https://me:${canaries.userinfo}@a example/`],
    ["in the query of what is no URL", `//a example/?${canaries.queryToken}`],
    ["in a URL that cannot be fetched", `ftp://a.example/${canaries.queryToken}`],
    ["in a URL of another kind", `data:,${canaries.queryToken}`],
  ])("N9 N11 when fetch() and match() refuse one %s", async (_, url) => {
    await using fixture = await createFixture();
    const engine = await fixture.restart();
    const registration = await engine.backgroundFetch.fetch("film", "http://127.0.0.1:9999/film");

    const errors = await Promise.all([
      engine.backgroundFetch.fetch("other", url).catch((error: unknown) => error),
      engine.backgroundFetch.fetch("third", ["http://a.example/", url]).catch((error: unknown) => error),
      registration.match(url).catch((error: unknown) => error),
    ]);

    expect(errors.slice(0, 2).every((error) => error instanceof TypeError)).toBe(true);
    expect(found(inspect(errors, { depth: 9 }))).toEqual([]);
    await registration.abort();
  });

  // Mutant: undici's error, with the bytes that it could not read, is the cause.
  it("N11 when a server is not understood, whoever looks into the causes of a TransportError", async () => {
    await using server = await createTappedServer((_, response) => {
      const lines = [`set-cookie: ${secretFields["set-cookie"]}`, `bad header ${canaries.authToken}`];
      response.socket?.end(`HTTP/1.1 200 OK\r\n${lines.join("\r\n")}\r\n\r\n`);
    });
    await using transport = new UndiciTransport();
    const headers = [["authorization", canaries.authorization]] as const;

    const error = await transport.send(requestOf(`${server.url}/?${canaries.queryToken}`, { headers })).catch((e) => e);

    expect(error).toMatchObject({ kind: "malformed" });
    expect(found(inspect(error, { depth: 12, showHidden: true }))).toEqual([]);
  });
});

function fail(message: string): never {
  throw new Error(message);
}

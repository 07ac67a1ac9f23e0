import { describe, expect, it } from "vitest";
import { requestOf } from "../../property-tests/contracts/transport-harness.ts";
import { endOfExchange } from "../../tests/origin/end-of-exchange.ts";
import { createOrigin } from "../../tests/origin/origin.ts";
import { createPrivateCa, hasOpenssl } from "../../tests/origin/private-ca.ts";
import { UndiciTransport } from "./undici-transport.ts";

const seed = 7;

describe("an exchange that never comes to an answer", () => {
  it("is unreachable if the name of the host leads nowhere", async () => {
    await using transport = new UndiciTransport();
    // No resolver asks anybody about a label of 64 characters.
    const url = `http://${"a".repeat(64)}.test/`;

    expect(await endOfExchange(transport.send(requestOf(url)))).toBe("unreachable");
  });

  it.runIf(hasOpenssl)("is insecure if nobody vouches for the host's certificate", async () => {
    await using origin = await createOrigin({ tls: await createPrivateCa() });
    await using transport = new UndiciTransport();

    expect(await endOfExchange(transport.send(requestOf(`${origin.url}/`)))).toBe("insecure");
  });

  it("is timed out if the headers never come", async () => {
    await using origin = await createOrigin();
    await using transport = new UndiciTransport({ headersTimeoutMs: 50 });
    const { url } = origin.resource("/file", { body: { size: 10, seed }, faults: [{ type: "silence" }] });

    expect(await endOfExchange(transport.send(requestOf(url)))).toBe("timeout");
  });

  it("is timed out if the body stalls", async () => {
    await using origin = await createOrigin();
    await using transport = new UndiciTransport({ idleTimeoutMs: 50 });
    const { url } = origin.resource("/file", { body: { size: 10, seed }, faults: [{ type: "stall", after: 5 }] });

    expect(await endOfExchange(transport.send(requestOf(url)))).toBe("timeout");
  });

  it("is interrupted if the transport is disposed of", async () => {
    await using origin = await createOrigin();
    const transport = new UndiciTransport();
    const { url } = origin.resource("/file", { body: { size: 10, seed }, faults: [{ type: "silence" }] });

    const sending = endOfExchange(transport.send(requestOf(url)));
    await origin.until(() => origin.log.length === 1);
    await transport[Symbol.asyncDispose]();

    expect(await sending).toBe("interrupted");
    expect(await endOfExchange(transport.send(requestOf(url)))).toBe("interrupted");
  });

  it("tells the host, and nothing that may be a secret", async () => {
    await using gone = await createOrigin();
    const { url } = gone;
    await gone.close();
    await using transport = new UndiciTransport();
    const headers = [["authorization", "Bearer hush"]] as const;

    const error = await transport
      .send(requestOf(`${url}/path?token=hush`, { headers }))
      .catch((thrown: Error) => thrown);

    expect((error as Error).message).toBe(`Connection refused by ${new URL(url).host} (ECONNREFUSED)`);
  });
});

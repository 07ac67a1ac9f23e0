import { afterEach, describe, expect, it, vi } from "vitest";
import { bytesOfBody, requestOf } from "../../property-tests/contracts/transport-harness.ts";
import { createForwardProxy } from "../../tests/origin/forward-proxy.ts";
import { createOrigin } from "../../tests/origin/origin.ts";
import { createPrivateCa, hasOpenssl } from "../../tests/origin/private-ca.ts";
import { UndiciTransport } from "./undici-transport.ts";

afterEach(() => vi.unstubAllEnvs());

/** Let the environment name a proxy, in the spelling that wins over the others. */
function environment(proxy: string, noProxy = ""): void {
  vi.stubEnv("http_proxy", proxy);
  vi.stubEnv("https_proxy", proxy);
  vi.stubEnv("no_proxy", noProxy);
}

describe("a proxy of the environment", () => {
  it("is asked for http, with every header field as given", async () => {
    await using proxy = await createForwardProxy();
    await using origin = await createOrigin();
    const { url } = origin.resource("/file", { body: new Uint8Array(1000) });
    environment(proxy.url);
    await using transport = new UndiciTransport({ proxy: "environment" });
    const headers = [
      ["range", "bytes=10-"],
      ["x-note", "a"],
      ["x-note", "b"],
    ] as const;

    const response = await transport.send(requestOf(url, { headers }));

    expect((await bytesOfBody(response.body)).byteLength).toBe(990);
    expect(proxy.requests).toEqual([`GET ${url}`]);
    expect(origin.log[0]).toMatchObject({ range: "bytes=10-", headers: { "x-note": "a, b" } });
  });

  it.runIf(hasOpenssl)("is asked for a tunnel to https, and cannot look into it", async () => {
    await using proxy = await createForwardProxy();
    await using origin = await createOrigin({ tls: await createPrivateCa() });
    environment(proxy.url);
    await using transport = new UndiciTransport({ proxy: "environment" });

    // That the certificate is refused shows that TLS is spoken with the origin itself.
    await expect(transport.send(requestOf(`${origin.url}/`))).rejects.toMatchObject({ kind: "insecure" });
    expect(proxy.requests).toEqual([`CONNECT ${new URL(origin.url).host}`]);
  });

  it("is left out for a host in NO_PROXY, and where nobody asked for it", async () => {
    await using proxy = await createForwardProxy();
    await using origin = await createOrigin();
    const { url } = origin.resource("/file", { body: new Uint8Array(10) });
    environment(proxy.url, "127.0.0.1");
    await using exempt = new UndiciTransport({ proxy: "environment" });
    await bytesOfBody((await exempt.send(requestOf(url))).body);
    environment(proxy.url);
    await using direct = new UndiciTransport();
    await bytesOfBody((await direct.send(requestOf(url))).body);

    expect(proxy.requests).toEqual([]);
    expect(origin.log.length).toBe(2);
  });

  // E15
  for (const [scheme, refuse] of [
    ["http", 407],
    ["https", 407],
    ["https", 502],
  ] as const) {
    it(`that answers ${refuse} for ${scheme} has refused`, async () => {
      await using proxy = await createForwardProxy({ refuse });
      environment(proxy.url);
      await using transport = new UndiciTransport({ proxy: "environment" });

      await expect(transport.send(requestOf(`${scheme}://127.0.0.1:9/`))).rejects.toMatchObject({ kind: "refused" });
    });
  }

  it("that is gone has refused", async () => {
    await using gone = await createForwardProxy();
    await gone.close();
    environment(gone.url);
    await using transport = new UndiciTransport({ proxy: "environment" });

    await expect(transport.send(requestOf("http://127.0.0.1:9/"))).rejects.toMatchObject({ kind: "refused" });
  });

  it("passes on that a body was cut", async () => {
    await using origin = await createOrigin();
    const faults = [{ type: "cut", after: 5000, how: "rst" }] as const;
    const { url } = origin.resource("/file", { body: new Uint8Array(10_000), faults });
    await using proxy = await createForwardProxy();
    environment(proxy.url);
    await using transport = new UndiciTransport({ proxy: "environment" });

    const { body } = await transport.send(requestOf(url));

    await expect(bytesOfBody(body)).rejects.toMatchObject({ kind: "interrupted" });
  });
});

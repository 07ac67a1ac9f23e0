import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createForwardProxy } from "../origin/forward-proxy.ts";
import { createOrigin } from "../origin/origin.ts";
import { createPrivateCa, hasOpenssl } from "../origin/private-ca.ts";
import { cliHome } from "./cli-home.ts";

const body = Uint8Array.of(1, 2, 3);

describe("longhaul get over networks as they are", () => {
  it.runIf(hasOpenssl)(
    "trusts a private authority named by NODE_EXTRA_CA_CERTS, and says so where none was",
    async () => {
      const { ca, key, cert } = await createPrivateCa();
      await using origin = await createOrigin({ tls: { key, cert } });
      const { url } = origin.resource("/a", { body });
      const home = cliHome();
      writeFileSync(home.at("ca.pem"), ca);

      const refused = await home.run(["get", url]);
      const trusted = await home.run(["get", url], { env: { NODE_EXTRA_CA_CERTS: home.at("ca.pem") } });

      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain("name it with NODE_EXTRA_CA_CERTS=FILE.");
      expect(trusted.code).toBe(0);
      expect(readFileSync(home.at("a"))).toEqual(Buffer.from(body));
    },
  );

  it("goes through the proxy of HTTP_PROXY, and past it for hosts in NO_PROXY", async () => {
    await using origin = await createOrigin();
    await using proxy = await createForwardProxy();
    const [one, two] = [origin.resource("/one", { body }), origin.resource("/two", { body })];
    const home = cliHome();

    await home.run(["get", one.url], { env: { HTTP_PROXY: proxy.url } });
    await home.run(["get", two.url], { env: { HTTP_PROXY: proxy.url, NO_PROXY: "127.0.0.1" } });

    expect(origin.log.map(({ path }) => path)).toEqual(["/one", "/two"]);
    expect(proxy.requests.filter((request) => request.includes("/two"))).toEqual([]);
    expect(proxy.requests).toHaveLength(1);
  });

  it("tells when it waits to try again, and why", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", { body, faults: [{ type: "status", status: 503 }] });
    const home = cliHome();

    const { code, stderr } = await home.run(["get", url]);

    expect(code).toBe(0);
    expect(stderr).toMatch(/^a: retry 1 in 1 s: 503$/m);
  });

  it("keeps to --connections", async () => {
    let most = 0;
    await using origin = await createOrigin({
      onRequest: () => {
        most = Math.max(most, origin.connections);
      },
    });
    const urls = ["/1", "/2", "/3", "/4"].map(
      (path) => origin.resource(path, { body: { size: 100_000, seed: 1 }, bytesPerSecond: 500_000 }).url,
    );

    const { code } = await cliHome().run(["get", ...urls, "--connections", "2"]);

    expect(code).toBe(0);
    expect(most).toBe(2);
  });
});

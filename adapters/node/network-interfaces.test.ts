import { describe, expect, it } from "vitest";
import { hasNetwork, networkInterfacesKey } from "./network-interfaces.ts";

const address = { netmask: "", mac: "", cidr: null, family: "IPv4" } as const;

describe("the network's interfaces", () => {
  it("are those that lead outside, in one order", () => {
    const inside = { ...address, address: "127.0.0.1", internal: true };
    const outside = { ...address, address: "192.0.2.1", internal: false };

    expect(networkInterfacesKey(() => ({ eth0: [outside], lo: [inside], a: [outside] }))).toBe(
      "a 192.0.2.1\neth0 192.0.2.1",
    );
    expect(networkInterfacesKey(() => ({ lo: [inside] }))).toBe("");
  });

  // Mutant: letting it throw. The error came up in the middle of an exchange, and ended the process.
  it("F7 that cannot be listed, as no file can be opened, are taken to be there", () => {
    const key = networkInterfacesKey(() => {
      throw Object.assign(new Error("uv_interface_addresses returned EMFILE"), { code: "ERR_SYSTEM_ERROR" });
    });

    expect(hasNetwork(key)).toBe(true);
  });
});

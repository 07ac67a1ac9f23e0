import { networkInterfaces } from "node:os";

/** The addresses that lead outside this machine, as one text to compare; empty if there are none. */
export function networkInterfacesKey(): string {
  return Object.entries(networkInterfaces())
    .flatMap(([name, addresses = []]) =>
      addresses.filter(({ internal }) => !internal).map(({ address }) => `${name} ${address}`),
    )
    .sort()
    .join("\n");
}

export function hasNetwork(interfaces: string): boolean {
  return interfaces !== "";
}

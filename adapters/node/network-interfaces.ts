import { networkInterfaces } from "node:os";

/**
 * The addresses that lead outside this machine, as one text to compare; empty if there are none.
 *
 * Never throws: to list them takes a descriptor, and a process that has none left (F7) must not lose its network too.
 */
export function networkInterfacesKey(list: typeof networkInterfaces = networkInterfaces): string {
  try {
    return keyOf(list());
  } catch {
    return "not to be told now";
  }
}

function keyOf(interfaces: ReturnType<typeof networkInterfaces>): string {
  return Object.entries(interfaces)
    .flatMap(([name, addresses = []]) =>
      addresses.filter(({ internal }) => !internal).map(({ address }) => `${name} ${address}`),
    )
    .sort()
    .join("\n");
}

export function hasNetwork(interfaces: string): boolean {
  return interfaces !== "";
}

import { BlockList, isIP } from "node:net";

/** RFC 6890 and the registry that it keeps (IANA), multicast, what is reserved, and one host that hides among the public ones. */
const specialIpv4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  // Azure's own services, for every machine there.
  ["168.63.129.16", 32],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

/**
 * Within 2000::/3, the only part of IPv6 that is given out: Teredo and the other protocols' (2001::/23), documentation, 6to4,
 * AS112. What 6to4 and Teredo wrap is nobody's way to a public host any more, so all of them are special.
 */
const specialIpv6: readonly (readonly [string, number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["2620:4f:8000::", 48],
  ["3fff::", 20],
];

/** NAT64: the way to IPv4 from networks that have none. It is as public as the address that it ends with. */
const nat64 = "64:ff9b::";

const special = new BlockList();
const givenOut = new BlockList();
for (const [network, prefix] of specialIpv4) {
  special.addSubnet(network, prefix, "ipv4");
  special.addSubnet(`${nat64}${network}`, 96 + prefix, "ipv6");
}
for (const [network, prefix] of specialIpv6) special.addSubnet(network, prefix, "ipv6");
givenOut.addSubnet("2000::", 3, "ipv6");
givenOut.addSubnet(nat64, 96, "ipv6");

/** Whether an address is anybody's on the Internet: neither this machine, nor its networks, nor of any special purpose. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, "ipv4");
  // With a zone it is an address of one link, whatever its digits say.
  if (family !== 6 || address.includes("%")) return false;
  return givenOut.check(address, "ipv6") && !special.check(address, "ipv6");
}

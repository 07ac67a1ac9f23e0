import { type LookupAddress, type LookupOptions, lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import type { TransportError } from "../../core/ports/index.ts";
import { transportErrorOfKind } from "../fetch/transport-error-of.ts";
import { isLoopback } from "./host-and-port.ts";
import { isPublicAddress } from "./public-address.ts";

/** Says to which addresses connections may be made. */
export interface AddressGuard {
  /** Whether a connection to this host may be begun. Of a name, its addresses say more once they are known. */
  mayTry(host: string): boolean;
  /** Asks once, and gives out either every address of the answer, all of them allowed, or an error. */
  readonly lookup: LookupFunction;
  /** Whether this is where a connection may have come to. */
  isAllowed(address: string | undefined): boolean;
}

/** What a guard asks about names, and about addresses. */
export interface AddressGuardOptions {
  readonly resolve?:
    | ((
        hostname: string,
        options: LookupOptions & { readonly all: true },
        callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
      ) => void)
    | undefined;
  readonly isPublic?: ((address: string) => boolean) | undefined;
}

/**
 * A guard that lets nobody connect to anything but public addresses.
 *
 * A name that has one address of another kind is refused as a whole: it is a mistake or a trap.
 */
export function createAddressGuard({
  resolve = systemLookup,
  isPublic = isPublicAddress,
}: AddressGuardOptions = {}): AddressGuard {
  return {
    mayTry: (host) => (isIP(host) === 0 ? !isLoopback(host.replace(/\.$/, "")) : isPublic(host)),
    lookup(hostname, options, callback) {
      resolve(hostname, { ...options, all: true }, (error, addresses) => {
        const [first] = addresses ?? [];
        if (error !== null) callback(error, "");
        else if (first === undefined || !addresses.every(({ address }) => isPublic(address))) {
          callback(forbidden(hostname), "");
        } else if (options.all === true) callback(null, addresses);
        else callback(null, first.address, first.family);
      });
    },
    isAllowed: (address) => address !== undefined && isPublic(address),
  };
}

/** Names the host as the URL has it, not what it stands for: the addresses of a private network are its own affair. */
export function forbidden(host: string): TransportError {
  return transportErrorOfKind("forbidden", { host, stage: "before the answer" });
}

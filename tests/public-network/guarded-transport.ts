import type { LookupAddress } from "node:dns";
import { isIP } from "node:net";
import type { Dispatcher } from "undici";
import { type AddressGuard, createAddressGuard } from "../../adapters/node/address-guard.ts";
import { isPublicAddress } from "../../adapters/node/public-address.ts";
import { createAgent } from "../../adapters/node/undici-agent.ts";
import { UndiciTransport } from "../../adapters/node/undici-transport.ts";

/** Stands for the Internet: every test stays on this machine, whose 127.0.0.2 is as real as any other address. */
export const pretendedPublic = "127.0.0.2";

/** What one name server would say, answer after answer; the last one for ever. */
export interface NameServer {
  readonly asked: readonly string[];
  readonly guard: AddressGuard;
}

export function createNameServer(
  answers: readonly (readonly string[])[],
  isPublic = (address: string): boolean => address === pretendedPublic || isPublicAddress(address),
): NameServer {
  const asked: string[] = [];
  const guard = createAddressGuard({
    isPublic,
    resolve(hostname, _options, callback) {
      const answer = answers[Math.min(asked.length, answers.length - 1)] ?? [];
      asked.push(hostname);
      const addresses = answer.map((address): LookupAddress => ({ address, family: isIP(address) }));
      setImmediate(() => callback(null, addresses));
    },
  });
  return { asked, guard };
}

/** The transport of `network: "public"` with another guard in it, and the dispatcher that it sends through. */
export type GuardedTransport = UndiciTransport & { readonly dispatcher: Dispatcher };

export function guardedTransport(guard: AddressGuard): GuardedTransport {
  const { dispatcher } = createAgent({ perOrigin: 6, connectTimeoutMs: 2_000, http2: false, proxy: undefined, guard });
  const transport = new UndiciTransport({ dispatcher });
  return Object.assign(transport, { dispatcher, [Symbol.asyncDispose]: () => dispatcher.destroy() });
}

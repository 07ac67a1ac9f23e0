import { createConnection, isIP } from "node:net";
import type { AddressGuard } from "./address-guard.ts";
import { errnoOf } from "./body-error.ts";
import type { HostAndPort } from "./host-and-port.ts";

/** `unreachable`: there is no way to the host from here. Anything else that happens shows that the network works. */
export type ProbeResult = "reachable" | "unreachable";

const limitMs = 2_000;

/** Not ENOTFOUND, which a name server answered, nor EHOSTUNREACH, which is about one host: a typing error must not stop all. */
const noWay: ReadonlySet<string> = new Set(["EAI_AGAIN", "ENETUNREACH", "ENETDOWN"]);

/**
 * Whether a connection to `target` can be made, or is at least refused by it. Never rejects.
 *
 * What the guard does not allow is not tried, and is taken for reachable: that is no news of the network.
 */
export function connectTo(
  { host, port }: HostAndPort,
  signal: AbortSignal,
  guard: AddressGuard | null = null,
): Promise<ProbeResult> {
  if (guard?.mayTry(host) === false) return Promise.resolve("reachable");
  return new Promise((resolve) => {
    const lookup = guard === null ? {} : { lookup: guard.lookup };
    const socket = createConnection({ host, port, timeout: limitMs, ...lookup });
    let named = isIP(host) !== 0;
    const end = (result: ProbeResult) => {
      signal.removeEventListener("abort", onAbort);
      socket.destroy();
      resolve(result);
    };
    const onAbort = () => end("reachable");
    signal.addEventListener("abort", onAbort);
    socket.unref();
    socket.once("connect", () => end("reachable"));
    socket.once("lookup", (error) => {
      named ||= error === null;
    });
    // A host that stays silent may be down while the network is fine; a name server that does is as good as none.
    socket.once("timeout", () => end(named ? "reachable" : "unreachable"));
    socket.on("error", (error) => end(meansNoWay(error) ? "unreachable" : "reachable"));
  });
}

/** With several addresses Node gives one error that holds one for each: there is no way only if none had any. */
export function meansNoWay(error: Error): boolean {
  if (error instanceof AggregateError) return error.errors.every((one) => noWay.has(errnoOf(one)));
  return noWay.has(errnoOf(error));
}

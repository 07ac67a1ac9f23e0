import { Socket } from "node:net";
import type { buildConnector } from "undici";
import { type AddressGuard, forbidden } from "./address-guard.ts";

/**
 * A connector that asks the guard before it connects, and once more when it knows with whom it is connected.
 *
 * `connect` must look names up with the guard's `lookup`.
 */
export function guardedConnector(connect: buildConnector.connector, guard: AddressGuard): buildConnector.connector {
  return (options, callback) => {
    const { hostname } = options;
    if (!guard.mayTry(hostname)) {
      queueMicrotask(() => callback(forbidden(hostname), null));
      return;
    }
    const socket: unknown = connect(options, callback);
    if (!(socket instanceof Socket)) throw new TypeError("The connector gave no socket that could be guarded");
    // Before TLS says its first word, which has the name of the host in it. undici takes no socket that has failed.
    socket.prependOnceListener("connect", () => {
      if (!guard.isAllowed(socket.remoteAddress)) socket.destroy(forbidden(hostname));
    });
  };
}

import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool } from "undici";
import type { AddressGuard } from "./address-guard.ts";
import { guardedConnector } from "./guarded-connector.ts";

/** What an agent of our own is made of. */
export interface AgentOptions {
  readonly perOrigin: number;
  readonly connectTimeoutMs: number;
  readonly http2: boolean;
  readonly proxy: "environment" | undefined;
  /** What every connection has to pass; `null`: nothing. */
  readonly guard: AddressGuard | null;
}

/** An agent that also tells how the connection that just ended was ended. */
export interface WatchedAgent {
  readonly dispatcher: Dispatcher;
  /** True only while undici is being told that a peer reset its connection. */
  wasReset(): boolean;
}

/** Make an agent that shares nothing with the global one, nor with another transport. */
export function createAgent({ perOrigin, connectTimeoutMs, http2, proxy, guard }: AgentOptions): WatchedAgent {
  let resetting = false;

  /**
   * undici takes a reset for the end of a body that has no length (B5). Its listener is put between two of ours, so
   * that whatever it reports while an error is being delivered can be told from an orderly end.
   */
  const watched =
    (connect: buildConnector.connector): buildConnector.connector =>
    (options, callback) => {
      connect(options, (...result) => {
        const [, socket] = result;
        socket?.on("error", () => {
          resetting = true;
        });
        callback(...result);
        socket?.on("error", () => {
          resetting = false;
        });
      });
    };

  const limits = { connections: perOrigin, pipelining: 1, maxHeaderSize: 64 * 1024, allowH2: http2 };
  const connection = { timeout: connectTimeoutMs, allowH2: http2, autoSelectFamily: true };
  const direct =
    guard === null
      ? buildConnector(connection)
      : guardedConnector(buildConnector({ ...connection, lookup: guard.lookup }), guard);
  const options = {
    ...limits,
    connectTimeout: connectTimeoutMs,
    connect: direct,
    // The one place that every pool passes through, also those that a proxy agent makes for its tunnels.
    factory: (origin: string | URL, given: object): Dispatcher => {
      const { connect = direct } = given as { connect?: buildConnector.connector };
      return new Pool(origin, { ...given, ...limits, connect: watched(connect) });
    },
  };
  // Given, because undici otherwise reads the environment at every request.
  const noProxy = process.env["no_proxy"] ?? process.env["NO_PROXY"] ?? "";
  const dispatcher = proxy === "environment" ? new EnvHttpProxyAgent({ ...options, noProxy }) : new Agent(options);
  return { dispatcher, wasReset: () => resetting };
}

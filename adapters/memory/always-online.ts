import type { Connectivity, NetworkState } from "../../core/ports/index.ts";

/** Says `"online"` whatever happens: for runtimes that cannot look. The engine then retries by its back-off alone. */
export class AlwaysOnline implements Connectivity {
  readonly name = "always online";
  readonly state: NetworkState = "online";

  watch(): () => void {
    return () => {};
  }

  suspect(): void {}

  async [Symbol.asyncDispose](): Promise<void> {}
}

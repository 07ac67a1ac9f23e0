import type { Clock, Connectivity, NetworkState } from "../../core/ports/index.ts";
import { SystemClock } from "../memory/system-clock.ts";
import { type HostAndPort, hostAndPortOf, isLoopback } from "./host-and-port.ts";
import { hasNetwork, networkInterfacesKey } from "./network-interfaces.ts";
import { connectTo, type ProbeResult } from "./probe.ts";
import { type Pulse, watchSleep } from "./sleep-watch.ts";

export interface NodeConnectivityOptions {
  /** What tells one set of network interfaces from another: empty if none leads outside. @default the system's */
  readonly interfaces?: (() => string) | undefined;
  /** Tries to reach a host. @default a TCP connection, for 2 seconds */
  readonly connect?: ((target: HostAndPort, signal: AbortSignal) => Promise<ProbeResult>) | undefined;
  /** @default the system's clock */
  readonly clock?: Clock | undefined;
  /** Ticks from time to time, to notice that the machine slept. @default the system's, which keeps no process alive */
  readonly pulse?: Pulse | undefined;
}

const firstLookMs = 1_000;
const longestLookMs = 5_000;

/**
 * What this machine's interfaces, and a connection to the suspected origin, say about the network.
 *
 * It takes two failures in a row of a kind that means "no way there" to say `"offline"`. While offline it looks every
 * 1 to 5 seconds whether the origin, or the set of interfaces, has changed. After the machine has slept it says `"offline"`
 * and `"online"` at once: no connection lives that long, and whoever has one must not wait for it (H3).
 */
export class NodeConnectivity implements Connectivity {
  readonly name = "node";
  readonly #interfaces: () => string;
  readonly #connect: (target: HostAndPort, signal: AbortSignal) => Promise<ProbeResult>;
  readonly #clock: Clock;
  readonly #listeners = new Set<(state: NetworkState) => void>();
  readonly #closing = new AbortController();
  #state: NetworkState = "online";
  #looking: Promise<void> | null = null;
  #timer: unknown = null;
  readonly #stopWatching: () => void;

  constructor({ interfaces, connect, clock, pulse }: NodeConnectivityOptions = {}) {
    this.#interfaces = interfaces ?? (() => networkInterfacesKey());
    this.#connect = connect ?? connectTo;
    this.#clock = clock ?? new SystemClock();
    this.#stopWatching = watchSleep(this.#clock, () => this.#wake(), pulse);
  }

  get state(): NetworkState {
    return this.#state;
  }

  watch(listener: (state: NetworkState) => void): () => void {
    // Wrapped, so that a listener given twice is called twice and forgotten one at a time.
    const entry = (state: NetworkState) => listener(state);
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  suspect(origin: string): void {
    if (this.#closing.signal.aborted || this.#state === "offline") return;
    const target = hostAndPortOf(origin);
    this.#looking ??= this.#doubt(target).finally(() => {
      this.#looking = null;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    this.#stopWatching();
    this.#clock.clearTimeout(this.#timer);
    this.#listeners.clear();
    await this.#looking;
  }

  #wake(): void {
    if (this.#state === "offline") return;
    this.#say("offline");
    this.#say("online");
  }

  async #doubt(target: HostAndPort): Promise<void> {
    const before = this.#interfaces();
    // Twice: one lost answer of a name server says little.
    if (await this.#isReachable(target, before)) return;
    if (await this.#isReachable(target, this.#interfaces())) return;
    if (this.#closing.signal.aborted) return;
    this.#lookAgain(target, this.#interfaces(), firstLookMs);
    this.#say("offline");
  }

  async #isReachable(target: HostAndPort, interfaces: string): Promise<boolean> {
    if (!hasNetwork(interfaces) && !isLoopback(target.host)) return false;
    return (await this.#connect(target, this.#closing.signal)) === "reachable";
  }

  #lookAgain(target: HostAndPort, before: string, delayMs: number): void {
    this.#timer = this.#clock.setTimeout(() => {
      this.#looking = this.#look(target, before, delayMs).finally(() => {
        this.#looking = null;
      });
    }, delayMs);
  }

  async #look(target: HostAndPort, before: string, delayMs: number): Promise<void> {
    const now = this.#interfaces();
    // Another network may lead elsewhere than to this origin: let the exchanges find out.
    const changed = now !== before && hasNetwork(now);
    if (changed || (await this.#isReachable(target, now))) {
      if (!this.#closing.signal.aborted) this.#say("online");
    } else if (!this.#closing.signal.aborted) {
      this.#lookAgain(target, now, Math.min(longestLookMs, delayMs * 1.5));
    }
  }

  #say(state: NetworkState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}

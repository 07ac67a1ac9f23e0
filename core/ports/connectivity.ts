/** What the device believes about its network. */
export type NetworkState = "online" | "offline";

/**
 * Tells whether trying makes sense.
 *
 * `state` must be what the last call of a listener said. `watch` must call `listener` on each change, never from
 * within `watch` itself, until the returned function is called. `suspect` says that an exchange could not
 * reach `origin` (no route, no name): the implementation must look for itself before it says `"offline"`, and must say
 * `"online"` again by itself once a network is back.
 */
export interface Connectivity extends AsyncDisposable {
  readonly name: string;
  readonly state: NetworkState;
  watch(listener: (state: NetworkState) => void): () => void;
  suspect(origin: string): void;
}

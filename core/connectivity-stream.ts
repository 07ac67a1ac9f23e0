import { distinctUntilChanged, Observable } from "rxjs";
import type { Connectivity, NetworkState } from "./ports/connectivity.ts";

/** Each change of the network's state, and nothing else. */
export function connectivityStream(connectivity: Connectivity): Observable<NetworkState> {
  return new Observable<NetworkState>((subscriber) => connectivity.watch((state) => subscriber.next(state))).pipe(
    distinctUntilChanged(),
  );
}

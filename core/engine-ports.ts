import type { BodyStore } from "./ports/body-store.ts";
import type { Clock } from "./ports/clock.ts";
import type { Connectivity } from "./ports/connectivity.ts";
import type { JournalStore } from "./ports/journal-store.ts";
import type { Lock } from "./ports/lock.ts";
import type { Random } from "./ports/random.ts";
import type { Transport } from "./ports/transport.ts";

/** Everything an engine needs of the world. A runtime's preset is one function that fills this in. */
export interface EnginePorts {
  readonly transport: Transport;
  readonly bodies: BodyStore;
  readonly journal: JournalStore;
  readonly lock: Lock;
  readonly connectivity: Connectivity;
  readonly clock: Clock;
  readonly random: Random;
}

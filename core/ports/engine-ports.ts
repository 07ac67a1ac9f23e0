import type { BodyStore } from "./body-store.ts";
import type { Clock } from "./clock.ts";
import type { Codings } from "./codings.ts";
import type { Connectivity } from "./connectivity.ts";
import type { Digests } from "./digests.ts";
import type { JournalStore } from "./journal-store.ts";
import type { Lock } from "./lock.ts";
import type { Notifier } from "./notifier.ts";
import type { Permission } from "./permission.ts";
import type { Quota } from "./quota.ts";
import type { Random } from "./random.ts";
import type { Transport } from "./transport.ts";

/** Everything an engine needs of the world. A runtime's preset is one function that fills this in. */
export interface EnginePorts {
  readonly transport: Transport;
  readonly bodies: BodyStore;
  readonly journal: JournalStore;
  readonly lock: Lock;
  readonly connectivity: Connectivity;
  readonly clock: Clock;
  readonly random: Random;
  readonly permission: Permission;
  readonly quota: Quota;
  readonly notifier: Notifier;
  readonly digests: Digests;
  readonly codings: Codings;
}

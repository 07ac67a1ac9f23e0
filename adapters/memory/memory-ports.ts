import type { EnginePorts } from "../../core/ports/index.ts";
import { AlwaysGranted } from "./always-granted.ts";
import { AlwaysOnline } from "./always-online.ts";
import { CryptoRandom } from "./crypto-random.ts";
import { MemoryBodyStore } from "./memory-body-store.ts";
import { MemoryJournalStore } from "./memory-journal-store.ts";
import { MemoryLock } from "./memory-lock.ts";
import { PortableCodings } from "./portable-codings.ts";
import { PortableDigests } from "./portable-digests.ts";
import { SilentNotifier } from "./silent-notifier.ts";
import { SystemClock } from "./system-clock.ts";
import { UnknownQuota } from "./unknown-quota.ts";

/** Everything an engine needs but a transport. */
export type MemoryPorts = Omit<EnginePorts, "transport">;

/** A set of ports that keeps everything in this process, and needs nothing but web standards. */
export function memoryPorts(): MemoryPorts {
  return {
    bodies: new MemoryBodyStore(),
    journal: new MemoryJournalStore(),
    lock: new MemoryLock(),
    connectivity: new AlwaysOnline(),
    clock: new SystemClock(),
    random: new CryptoRandom(),
    permission: new AlwaysGranted(),
    quota: new UnknownQuota(),
    notifier: new SilentNotifier(),
    digests: new PortableDigests(),
    codings: new PortableCodings(),
  };
}

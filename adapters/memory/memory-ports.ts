import type { EnginePorts } from "../../core/ports/index.ts";
import { AlwaysOnline } from "./always-online.ts";
import { CryptoRandom } from "./crypto-random.ts";
import { MemoryBodyStore } from "./memory-body-store.ts";
import { MemoryJournalStore } from "./memory-journal-store.ts";
import { MemoryLock } from "./memory-lock.ts";
import { SystemClock } from "./system-clock.ts";

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
  };
}

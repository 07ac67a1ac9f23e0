export { AlwaysOnline } from "./always-online.ts";
export { CryptoRandom } from "./crypto-random.ts";
export { MemoryBodyStore, type MemoryBodyStoreOptions } from "./memory-body-store.ts";
export { MemoryBytes } from "./memory-bytes.ts";
export { MemoryJournalStore, type MemoryJournalStoreOptions } from "./memory-journal-store.ts";
export { MemoryLock } from "./memory-lock.ts";
export { type MemoryPorts, memoryPorts } from "./memory-ports.ts";
export { MemoryRows } from "./memory-rows.ts";
export { SystemClock } from "./system-clock.ts";

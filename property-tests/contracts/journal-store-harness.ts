import type { JournalStore, JournalStoreCapabilities } from "../../core/ports/index.ts";

/** Where a journal store meets its contract. */
export interface JournalStoreHarness {
  readonly name: string;
  readonly supports: JournalStoreCapabilities;
  /** An empty place; each call of `open` gives a store over it, after the last one was disposed or beside it. */
  place(): Promise<{ open(): Promise<JournalStore> }>;
  /** A store with less than 4 MiB of space; left out where none can be had. */
  full?(): Promise<JournalStore>;
  /** A store that may not write; left out where none can be had. */
  denied?(): Promise<JournalStore>;
}

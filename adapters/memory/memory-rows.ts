import { LonghaulError } from "../../core/ports/index.ts";
import { type KeyRange, rangeOfPrefix } from "./journal-key.ts";
import type { PreparedChange, PreparedCommit } from "./prepared-commit.ts";

/** Rows in the order of their keys. Outlives the stores that are opened over it, as a disk would. */
export class MemoryRows {
  readonly #texts = new Map<string, string>();
  readonly #keys: string[] = [];
  #fence = 0;

  /** @throws LonghaulError `LONGHAUL_LOCK_LOST`, having changed nothing, if a greater fence was ever committed. */
  apply({ changes, fence }: PreparedCommit): void {
    if (fence < this.#fence) {
      throw new LonghaulError("LONGHAUL_LOCK_LOST", `Fence ${fence} is behind fence ${this.#fence}`);
    }
    this.#fence = fence;
    for (const change of changes) this.#change(change);
  }

  textOf(key: string): string | undefined {
    return this.#texts.get(key);
  }

  keysIn({ from, to }: KeyRange, limit: number): readonly string[] {
    const start = this.#indexOf(from);
    return this.#keys.slice(start, Math.min(this.#indexOf(to), start + limit));
  }

  #change(change: PreparedChange): void {
    if (change.type === "delete-all") return this.#deleteRange(rangeOfPrefix(change.prefix));
    const { key } = change;
    const known = this.#texts.has(key);
    if (change.type === "put") {
      if (!known) this.#keys.splice(this.#indexOf(key), 0, key);
      this.#texts.set(key, change.text);
    } else if (known) {
      this.#keys.splice(this.#indexOf(key), 1);
      this.#texts.delete(key);
    }
  }

  #deleteRange({ from, to }: KeyRange): void {
    const start = this.#indexOf(from);
    for (const key of this.#keys.splice(start, this.#indexOf(to) - start)) this.#texts.delete(key);
  }

  /** Where `key` is among the sorted keys, or would be. */
  #indexOf(key: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#keys[middle] ?? "") < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

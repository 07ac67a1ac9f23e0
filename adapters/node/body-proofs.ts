import type { JournalValue } from "../../core/ports/index.ts";
import { RunningDigest } from "./running-digest.ts";
import { Sidecar } from "./sidecar.ts";
import type { Proof } from "./sidecar-lines.ts";

/** What is known of a body's bytes while it is open for writing; shared by all who have it open. */
export class BodyProofs {
  readonly #path: string;
  readonly #digest = new RunningDigest();
  readonly #writing = new Set<{ readonly start: number; readonly end: number }>();
  /** Of bytes that were written. */
  #written = new Set<Proof>();
  /** Of bytes that were synced, by their start, until there is a sidecar to keep them. */
  readonly #synced = new Map<number, Proof>();
  /** `undefined` until somebody looks. */
  #sidecar: Sidecar | null | undefined;
  /** Whatever starts here or later lies beyond all that is proved. */
  #reach = 0;

  /** `isNew`: the body has just been made, so that there is no sidecar yet. */
  constructor(path: string, isNew: boolean) {
    this.#path = path;
    if (isNew) this.#sidecar = null;
  }

  /** Digest `chunks`, which go to `start`, while `write` writes them. */
  async during(start: number, chunks: readonly Uint8Array[], write: () => Promise<void>): Promise<void> {
    const span = { start, end: chunks.reduce((end, chunk) => end + chunk.byteLength, start) };
    if (start < this.#look()) await this.#forget(span.start, span.end);
    this.#writing.add(span);
    try {
      const writing = write();
      for (const proof of this.#digest.take(start, chunks)) this.#written.add(proof);
      this.#reach = Math.max(this.#reach, span.end);
      await writing;
    } catch (error) {
      await this.#forget(span.start, span.end);
      throw error;
    } finally {
      this.#writing.delete(span);
    }
  }

  /** Nothing is known any more of the bytes from `length` on. */
  async cut(length: number): Promise<void> {
    if (length < this.#look()) await this.#forget(length, Number.POSITIVE_INFINITY);
  }

  /** Keep the proofs of what is written by now, if `sync` succeeds. */
  async over(sync: () => Promise<void>): Promise<void> {
    const covered = [...this.#written].filter(
      (proof) => ![...this.#writing].some(({ start, end }) => proof.start < end && start < proof.end),
    );
    await sync();
    const longest = new Map<number, Proof>();
    for (const proof of covered) {
      // What was written over in the meantime is gone from here.
      if (this.#written.delete(proof)) longest.set(proof.start, proof);
    }
    this.#keep(longest);
  }

  /** @throws What the file system throws. */
  note(value: JournalValue): void {
    this.#look();
    this.#sidecar ??= Sidecar.create(this.#path);
    this.#sidecar.note(value);
    this.#sidecar.prove(this.#synced.values());
    this.#synced.clear();
  }

  close(): void {
    this.#sidecar?.close();
    this.#sidecar = null;
  }

  #look(): number {
    if (this.#sidecar === undefined) {
      this.#sidecar = Sidecar.open(this.#path);
      this.#reach = Math.max(this.#reach, this.#sidecar?.reach() ?? 0);
    }
    return this.#reach;
  }

  #keep(proofs: ReadonlyMap<number, Proof>): void {
    if (this.#sidecar === null || this.#sidecar === undefined) {
      for (const [start, proof] of proofs) this.#synced.set(start, proof);
      return;
    }
    try {
      this.#sidecar.prove(proofs.values());
    } catch {
      // No room for a proof is no fault of the body: its bytes are durable, and merely unproven.
    }
  }

  async #forget(start: number, end: number): Promise<void> {
    const isUntrue = (proof: Proof): boolean => proof.start < end && start < proof.end;
    this.#digest.forget(start, end);
    for (const proof of this.#written) if (isUntrue(proof)) this.#written.delete(proof);
    for (const [key, proof] of this.#synced) if (isUntrue(proof)) this.#synced.delete(key);
    await this.#sidecar?.forget(start, end);
    const ends = [...this.#written, ...this.#synced.values()].map((proof) => proof.end);
    this.#reach = ends.reduce((most, one) => Math.max(most, one), this.#sidecar?.reach() ?? 0);
  }
}

import { closeSync, fdatasync, fstatSync, lstatSync, readFileSync, unlinkSync, writeSync } from "node:fs";
import { unlink } from "node:fs/promises";
import { basename } from "node:path";
import { promisify } from "node:util";
import { isLonghaulError, type JournalValue } from "../../core/ports/index.ts";
import { errnoOf } from "./body-error.ts";
import { createBodyFile, openBodyFile } from "./body-file.ts";
import { noteLine, type Placed, type Proof, parseSidecar, proofLine } from "./sidecar-lines.ts";

const syncData = promisify(fdatasync);
const suffix = ".note";

/** Where the sidecar of the body at `path` is. */
export const sidecarPathOf = (path: string): string => `${path}${suffix}`;

/** The name of the body whose sidecar has this name, or an empty string. */
export const bodyOfSidecar = (name: string): string => (name.endsWith(suffix) ? name.slice(0, -suffix.length) : "");

/** Remove the sidecar of the body at `path`, if there is one. */
export async function dropSidecar(path: string): Promise<void> {
  const sidecar = sidecarPathOf(path);
  // Looking takes 2 µs, and most bodies have none; going by way of a thread takes 25.
  if (lstatSync(sidecar, { throwIfNoEntry: false }) !== undefined) await unlink(sidecar);
}

/**
 * The file beside a body: its note, and proofs of its bytes, a line each.
 *
 * Nothing in it is synced when it is written, as each line proves itself. Only what becomes untrue is taken out durably.
 * Lines are short: each is written on this thread, which takes about 10 µs.
 */
export class Sidecar {
  readonly #fd: number;
  readonly #bodyId: string;
  #size: number;
  #proofs: (Proof & Placed)[];
  #notes: Placed[];

  private constructor(path: string, fd: number) {
    this.#fd = fd;
    this.#bodyId = basename(path);
    const { proofs, notes } = parseSidecar(this.#bodyId, readFileSync(fd));
    this.#size = fstatSync(fd).size;
    this.#proofs = [...proofs];
    this.#notes = [...notes];
  }

  /** The sidecar of the body at `path`, or `null` if there is none that can be used. */
  static open(path: string): Sidecar | null {
    let fd: number;
    try {
      fd = openBodyFile(sidecarPathOf(path), "write");
    } catch (error) {
      if (isLonghaulError(error)) return null;
      throw error;
    }
    try {
      return new Sidecar(path, fd);
    } catch {
      // Unreadable is as good as lost.
      closeSync(fd);
      return null;
    }
  }

  static create(path: string): Sidecar {
    const sidecar = sidecarPathOf(path);
    try {
      return new Sidecar(path, createBodyFile(sidecar));
    } catch (error) {
      if (errnoOf(error) !== "EEXIST") throw error;
    }
    // What is there could not be opened, or was left by a body of the same name that somebody removed.
    unlinkSync(sidecar);
    return new Sidecar(path, createBodyFile(sidecar));
  }

  /** Bytes from which on it proves nothing. */
  reach(): number {
    return this.#proofs.reduce((most, { end }) => Math.max(most, end), 0);
  }

  note(value: JournalValue): void {
    const earlier = this.#notes;
    this.#notes = [this.#append(noteLine(this.#bodyId, value))];
    for (const line of earlier) this.#blank(line);
  }

  prove(proofs: Iterable<Proof>): void {
    for (const proof of proofs) this.#proofs.push({ ...proof, ...this.#append(proofLine(this.#bodyId, proof)) });
  }

  /** Take out, durably, what it says of the bytes from `start` up to `end`. */
  async forget(start: number, end: number): Promise<void> {
    const untrue = this.#proofs.filter((proof) => proof.start < end && start < proof.end);
    if (untrue.length === 0) return;
    const gone = new Set(untrue);
    this.#proofs = this.#proofs.filter((proof) => !gone.has(proof));
    for (const line of untrue) this.#blank(line);
    await syncData(this.#fd);
  }

  close(): void {
    closeSync(this.#fd);
  }

  #append(line: string): Placed {
    const at = this.#size;
    // A newline on either side: a line that was torn spoils no other.
    const bytes = Buffer.from(`\n${line}\n`);
    this.#size += bytes.byteLength;
    writeAt(this.#fd, bytes, at);
    return { at: at + 1, length: bytes.byteLength - 2 };
  }

  /** In place, so that no damage to what comes later can bring it back. */
  #blank({ at, length }: Placed): void {
    writeAt(this.#fd, Buffer.alloc(length, "\n"), at);
  }
}

function writeAt(fd: number, bytes: Buffer, at: number): void {
  for (let done = 0; done < bytes.byteLength; ) done += writeSync(fd, bytes, done, bytes.byteLength - done, at + done);
}

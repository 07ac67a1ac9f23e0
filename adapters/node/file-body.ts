import { closeSync, fdatasync, ftruncate } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { type Body, type JournalValue, LonghaulError } from "../../core/ports/index.ts";
import { bodyError } from "./body-error.ts";
import type { BodyProofs } from "./body-proofs.ts";
import type { DirectorySync } from "./directory-sync.ts";
import { writeAll } from "./write-all.ts";

const syncData = promisify(fdatasync);
const setLength = promisify(ftruncate);

export interface FileBodyOptions {
  readonly fd: number;
  readonly path: string;
  readonly directories: DirectorySync;
  readonly proofs: BodyProofs;
  /** Called once, when the file is closed. */
  onClose(body: FileBody): void;
}

/** One file, open for writing. */
export class FileBody implements Body {
  readonly #options: FileBodyOptions;
  readonly #pending = new Set<Promise<void>>();
  #entered = false;
  #failed: unknown = null;
  #closed: Promise<void> | null = null;

  constructor(options: FileBodyOptions) {
    this.#options = options;
  }

  write(offset: number, chunks: readonly Uint8Array[]): Promise<void> {
    const { fd, proofs } = this.#options;
    return this.#run("write to", () => proofs.during(offset, chunks, () => writeAll(fd, chunks, offset)));
  }

  truncate(length: number): Promise<void> {
    return this.#run("truncate", async () => {
      await this.#options.proofs.cut(length);
      await setLength(this.#options.fd, length);
    });
  }

  note(value: JournalValue): Promise<void> {
    return this.#run("note something beside", async () => this.#options.proofs.note(value));
  }

  sync(): Promise<void> {
    return this.#run("sync", async () => {
      try {
        await this.#options.proofs.over(() => this.#syncFile());
      } catch (error) {
        // The kernel may have dropped the pages and called them clean: a second fsync that succeeds proves nothing
        // (F4). Whoever wants to go on opens the body anew and trusts its last checkpoint only.
        this.#failed = error;
        throw error;
      }
    });
  }

  /** Closes the file once every call already made has ended: a descriptor closed early may be another file's next. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#closed ??= Promise.allSettled(this.#pending).then(() => {
      this.#options.onClose(this);
      try {
        closeSync(this.#options.fd);
      } catch (error) {
        throw bodyError(error, "close", this.#options.path);
      }
    });
    return this.#closed;
  }

  async #syncFile(): Promise<void> {
    // fdatasync also writes the metadata that is needed to find the bytes again: the length and the block map.
    const { fd, path, directories } = this.#options;
    const data = syncData(fd);
    if (this.#entered) return data;
    // Beside each other: the name has been there since the file was opened.
    for (const outcome of await Promise.allSettled([data, directories.sync(dirname(path))])) {
      if (outcome.status === "rejected") throw outcome.reason;
    }
    this.#entered = true;
  }

  #run(doing: string, act: () => Promise<void>): Promise<void> {
    const running = this.#guarded(doing, act);
    this.#pending.add(running);
    const leave = () => this.#pending.delete(running);
    running.then(leave, leave);
    return running;
  }

  async #guarded(doing: string, act: () => Promise<void>): Promise<void> {
    const { path } = this.#options;
    if (this.#closed !== null) throw new LonghaulError("LONGHAUL_BODY_CLOSED", `The body ${path} is closed`);
    if (this.#failed !== null) {
      const cause = this.#failed;
      throw new LonghaulError("LONGHAUL_BODY_FAILED", `An earlier sync of ${path} failed: its bytes are unknown`, {
        cause,
      });
    }
    try {
      await act();
    } catch (error) {
      throw bodyError(error, doing, path);
    }
  }
}

import { lstatSync, mkdirSync } from "node:fs";
import { opendir, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type AbortOptions,
  type Body,
  type BodySlice,
  type BodyStore,
  LonghaulError,
  type MoveOutOptions,
} from "../../core/ports/index.ts";
import { isBodyId } from "../memory/body-id.ts";
import { bodyError, errnoOf } from "./body-error.ts";
import { assertRegular, createBodyFile, openBodyFile } from "./body-file.ts";
import { bodiesDirectoryOf, bodyPathOf } from "./body-path.ts";
import { createDirectorySync, type DirectorySync, syncWithAncestors } from "./directory-sync.ts";
import { FileBody } from "./file-body.ts";
import { publishFile } from "./publish-file.ts";
import { readBody } from "./read-body.ts";

/**
 * Keeps each body in a file of its own, `bodies/ab/ab…`, readable by its owner alone.
 *
 * What only changes names (create, link, unlink: 5 to 25 µs each) is done synchronously; what waits for a disk is not.
 * `moveOut` takes an absolute path whose folder exists, on any file system.
 */
export class FileBodyStore implements BodyStore {
  readonly name = "files";
  readonly supports = { durable: true, moveOut: true } as const;
  readonly #directory: string;
  readonly #directories: DirectorySync = createDirectorySync();
  readonly #bodies = new Set<FileBody>();
  #closed = false;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** @throws LonghaulError `LONGHAUL_BODY_DENIED` if the directory cannot be made. */
  static async open({ directory }: { readonly directory: string }): Promise<FileBodyStore> {
    const store = new FileBodyStore(directory);
    const bodies = bodiesDirectoryOf(directory);
    try {
      mkdirSync(bodies, { recursive: true, mode: 0o700 });
      await syncWithAncestors(store.#directories, directory);
    } catch (error) {
      // Also where a folder above cannot be made: `mkdir -p` then says that it is missing.
      const fault = bodyError(error, "make", bodies);
      if (fault.code !== "LONGHAUL_BODY_MISSING") throw fault;
      throw new LonghaulError("LONGHAUL_BODY_DENIED", fault.message, { cause: error });
    }
    return store;
  }

  async create(bodyId: string, options?: AbortOptions): Promise<Body> {
    const path = this.#pathOf(bodyId, options);
    try {
      return this.#bodyOf(createBodyFile(path), path);
    } catch (error) {
      if (errnoOf(error) !== "ENOENT") throw bodyError(error, "create", path);
    }
    await this.#makeShard(path);
    this.#assertUsable(options);
    try {
      return this.#bodyOf(createBodyFile(path), path);
    } catch (error) {
      throw bodyError(error, "create", path);
    }
  }

  async open(bodyId: string, options?: AbortOptions): Promise<Body> {
    const path = this.#pathOf(bodyId, options);
    return this.#bodyOf(openBodyFile(path, "write"), path);
  }

  async *read(bodyId: string, slice: BodySlice, options?: AbortOptions): AsyncIterable<Uint8Array> {
    const path = this.#pathOf(bodyId, options);
    yield* readBody(path, slice, () => this.#assertUsable(options));
  }

  async size(bodyId: string, options?: AbortOptions): Promise<number | null> {
    const path = this.#pathOf(bodyId, options);
    try {
      const stats = lstatSync(path, { throwIfNoEntry: false });
      if (stats === undefined) return null;
      assertRegular(stats, path);
      return stats.size;
    } catch (error) {
      throw error instanceof LonghaulError ? error : bodyError(error, "look at", path);
    }
  }

  async remove(bodyId: string, options?: AbortOptions): Promise<void> {
    const path = this.#pathOf(bodyId, options);
    try {
      // Not synchronously, as elsewhere: ten thousand at once would stop the event loop for seconds.
      await unlink(path);
    } catch (error) {
      if (errnoOf(error) !== "ENOENT") throw bodyError(error, "remove", path);
    }
  }

  async *list(options?: AbortOptions): AsyncIterable<string> {
    this.#assertUsable(options);
    for await (const shard of namesIn(bodiesDirectoryOf(this.#directory))) {
      if (!/^[0-9a-f]{2}$/.test(shard)) continue;
      for await (const name of namesIn(join(bodiesDirectoryOf(this.#directory), shard))) {
        this.#assertUsable(options);
        if (isBodyId(name) && name.startsWith(shard)) yield name;
      }
    }
  }

  async moveOut(bodyId: string, destination: string, options: MoveOutOptions): Promise<void> {
    const path = this.#pathOf(bodyId, options);
    await publishFile(path, destination, options, this.#directories);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#bodies].map((body) => body[Symbol.asyncDispose]()));
  }

  async #makeShard(path: string): Promise<void> {
    const shard = dirname(path);
    try {
      makeFolder(shard);
      // Once per shard, before the first body in it, so that a body's own sync need not look further up.
      await this.#directories.sync(bodiesDirectoryOf(this.#directory));
    } catch (error) {
      throw bodyError(error, "make", shard);
    }
  }

  #bodyOf(fd: number, path: string): Body {
    const onClose = (closed: FileBody) => this.#bodies.delete(closed);
    const body = new FileBody({ fd, path, directories: this.#directories, onClose });
    this.#bodies.add(body);
    return body;
  }

  #pathOf(bodyId: string, options: AbortOptions | undefined): string {
    this.#assertUsable(options);
    return bodyPathOf(this.#directory, bodyId);
  }

  #assertUsable(options: AbortOptions | undefined): void {
    options?.signal?.throwIfAborted();
    if (this.#closed) throw new LonghaulError("LONGHAUL_BODY_CLOSED", "The body store is closed");
  }
}

function makeFolder(path: string): void {
  try {
    // Not with `recursive`: Node then says ENOENT on a read-only file system.
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") throw error;
  }
}

async function* namesIn(directory: string): AsyncGenerator<string> {
  try {
    for await (const entry of await opendir(directory)) yield entry.name;
  } catch (error) {
    throw bodyError(error, "list", directory);
  }
}

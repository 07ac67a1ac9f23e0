import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { readStore } from "../../adapters/node/index.ts";
import { contiguousFrom } from "../../models/byte-range.ts";
import type { RecordRow } from "../../models/record-row.ts";
import type { RegistrationRow } from "../../models/registration-row.ts";
import { bytesOf, sha256Of } from "../origin/body.ts";
import type { AnywhereTask } from "./anywhere-child.ts";
import type { Life } from "./anywhere-life.ts";

/** A file that the origin serves. */
export interface ServedFile {
  readonly url: string;
  readonly seed: number;
  readonly size: number;
}

export interface JobFetch {
  readonly id: string;
  readonly files: readonly { readonly served: ServedFile; readonly destination: string | null }[];
}

/** Fetches that many processes work on, one after the other, each killed; and all that they ever acknowledged. */
export class AnywhereJob {
  readonly task: AnywhereTask;
  readonly #fetches: readonly JobFetch[];
  readonly #folders: readonly string[];
  readonly #fetched = new Set<string>();
  readonly #downloaded = new Map<string, number>();
  readonly #settled = new Set<string>();
  readonly #handled = new Set<string>();
  readonly #released = new Set<string>();
  readonly #events = new Map<string, number>();

  constructor(directory: string, fetches: readonly JobFetch[], folders: readonly string[]) {
    this.#fetches = fetches;
    this.#folders = folders;
    for (const folder of folders) mkdirSync(folder, { recursive: true });
    this.task = {
      directory,
      fetches: fetches.map(({ id, files }) => ({
        id,
        urls: files.map(({ served }) => served.url),
        destinations: files.map(({ destination }) => destination),
      })),
    };
  }

  /** Compare what a process said with what is known, and what is there with both. */
  async check(life: Life): Promise<void> {
    expect(life.stderr).toBe("");
    this.#hear(life);
    for (const { served, destination } of this.#files()) {
      if (destination !== null && existsSync(destination))
        expect(startsRight(destination, served, served.size)).toBe(true);
    }
    if (!existsSync(join(this.task.directory, "state.db"))) {
      expect(this.#fetched.size).toBe(0);
      return;
    }
    await using rows = await readStore({ directory: this.task.directory }).catch(notYetMade);
    const registrations = new Map<string, RegistrationRow>();
    for await (const row of rows?.registrations() ?? []) {
      expect(registrations.has(row.id)).toBe(false);
      registrations.set(row.id, row);
    }
    for (const { id, files } of this.#fetches) {
      const row = registrations.get(id);
      const records = row === undefined ? [] : await rows?.records(row.uid, 0, files.length);
      this.#compare(id, row, records ?? []);
    }
  }

  /** Nothing is missing, and nothing is left. */
  checkEnd(): void {
    const { directory } = this.task;
    for (const { id } of this.#fetches) {
      expect(this.#released).toContain(id);
      expect(this.#events.get(id)).toBeGreaterThanOrEqual(1);
    }
    const wanted = this.#files().flatMap(({ destination }) => destination ?? []);
    const found = this.#folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
    expect(found.sort()).toEqual([...wanted].sort());
    const bodies = readdirSync(join(directory, "bodies"), { recursive: true, withFileTypes: true });
    expect(bodies.filter((entry) => !entry.isDirectory())).toEqual([]);
    // The logs are there because somebody looked who may not write.
    const others = readdirSync(directory).filter((name) => !/^state\.db-(?:wal|shm)$/.test(name));
    expect(others.sort()).toEqual(["bodies", "lock.db", "state.db"]);
  }

  /** Events that came more than once: each costs a handler's work twice, and is no fault. */
  get repeatedEvents(): number {
    return [...this.#events.values()].reduce((sum, count) => sum + count - 1, 0);
  }

  #files(): readonly JobFetch["files"][number][] {
    return this.#fetches.flatMap(({ files }) => files);
  }

  #hear({ lines }: Life): void {
    for (const line of lines) {
      if (line[0] === "fetched") this.#fetched.add(line[1]);
      if (line[0] === "downloaded")
        this.#downloaded.set(line[1], Math.max(line[2], this.#downloaded.get(line[1]) ?? 0));
      if (line[0] === "settled") {
        expect(line[3]).toBe("success");
        this.#settled.add(`${line[1]} ${line[2]}`);
      }
      if (line[0] === "event") {
        expect(line[2]).toBe("backgroundfetchsuccess");
        expect(this.#released).not.toContain(line[1]);
        this.#events.set(line[1], 1 + (this.#events.get(line[1]) ?? 0));
      }
      if (line[0] === "handled") {
        expect(line[2]).toEqual(this.#digests(line[1]));
        this.#handled.add(line[1]);
      }
      if (line[0] === "released") this.#released.add(line[1]);
    }
  }

  #digests(id: string): readonly string[] {
    const files = this.#fetches.find((fetch) => fetch.id === id)?.files ?? [];
    return files.map(({ served }) => sha256Of(served.seed, served.size));
  }

  #compare(id: string, row: RegistrationRow | undefined, records: readonly RecordRow[]): void {
    if (row === undefined) return expect(this.#fetched).not.toContain(id);
    expect(row.failureReason).toBeNull();
    expect(row.downloaded).toBeGreaterThanOrEqual(this.#downloaded.get(id) ?? 0);
    if (this.#released.has(id)) expect(row.phase).toBe("released");
    if (row.phase === "released") {
      // Durable before it could be said; but not before the handler had finished, which was said.
      expect(this.#handled).toContain(id);
      this.#released.add(id);
      return;
    }
    for (const record of records) {
      if (this.#settled.has(`${id} ${record.index}`)) expect(record.state).toBe("success");
      const served = this.#fetches.find((fetch) => fetch.id === id)?.files[record.index]?.served;
      if (served !== undefined) this.#compareBody(record, served);
    }
  }

  /** Every byte that the row calls stored is there, and right. */
  #compareBody({ generation, destination }: RecordRow, served: ServedFile): void {
    if (generation === null) return;
    const stored = contiguousFrom(generation.received, 0);
    const path = join(this.task.directory, "bodies", generation.bodyId.slice(0, 2), generation.bodyId);
    if (!existsSync(path)) {
      // Published: the destination has it, and was compared.
      expect(destination !== null && statSync(destination).size).toBe(served.size);
      return;
    }
    expect(startsRight(path, served, stored)).toBe(true);
  }
}

/**
 * Killed while the journal was being made: it has no tables yet, or its first transaction has to be rolled back, which
 * a reader may not do. Nothing can have been acknowledged.
 */
function notYetMade(error: unknown): null {
  expect(String(error)).toMatch(/has no tables yet|readonly database/);
  return null;
}

/** Whether the file has the first `length` bytes of what is served; if that is all, then nothing else. */
function startsRight(path: string, served: ServedFile, length: number): boolean {
  const found = readFileSync(path);
  if (length === served.size && found.byteLength !== length) return false;
  return found.subarray(0, length).equals(bodyOf(served).subarray(0, length));
}

const bodies = new Map<number, Buffer>();

function bodyOf({ seed, size }: ServedFile): Buffer {
  const body = bodies.get(seed) ?? bytesOf(seed, 0, size);
  bodies.set(seed, body);
  return body;
}

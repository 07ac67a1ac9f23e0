import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { readStore } from "../../adapters/node/index.ts";
import { bytesOf } from "../origin/body.ts";
import type { Origin } from "../origin/origin.ts";

const KiB = 1024;
const size = 40 * KiB;
/** Where the first process is stopped: one checkpoint of three is stored. */
export const stalledAt = 20 * KiB;

/** Two downloads with a destination, one that is kept, and a POST: what one run of the torture does. */
export interface TortureJob {
  readonly directory: string;
  readonly downloads: { readonly urls: readonly string[]; readonly destinations: readonly (string | null)[] };
  readonly form: string;
  /** From now on no download stalls. */
  goOn(): void;
  /** How often the form was sent. */
  sent(): number;
  /** A destination is whole or not there. `true` if both are there. */
  published(): boolean;
  isKeptBody(bytes: Uint8Array): boolean;
  /** The ids of fetches that the journal calls released. */
  releasedIds(): Promise<readonly string[]>;
  /** Nothing is left of fetches that are over. */
  checkLeft(): Promise<void>;
}

const contents = [1, 2, 3].map((seed) => bytesOf(seed, 0, size));

export function createJob(origin: Origin, folder: string, run: number): TortureJob {
  const out = join(folder, `out-${run}`);
  const directory = join(folder, `store-${run}`);
  mkdirSync(out);
  const resources = contents.map((body, index) => origin.resource(`/${run}/${index}`, { body }));
  resources[1]?.faults.add({ type: "stall", after: stalledAt, times: "always" });
  const form = `${origin.url}/form/${run}`;
  const names = ["one", "two"];
  return {
    directory,
    downloads: { urls: resources.map(({ url }) => url), destinations: [...names.map((name) => join(out, name)), null] },
    form,
    goOn: () => resources[1]?.faults.clear(),
    sent: () => origin.log.filter(({ path }) => path === `/form/${run}`).length,
    published() {
      const there = names.map((name) => existsSync(join(out, name)));
      for (const [index, name] of names.entries()) {
        if (there[index]) expect(readFileSync(join(out, name)).equals(contents[index] ?? Buffer.of())).toBe(true);
      }
      return there.every(Boolean);
    },
    isKeptBody: (bytes) => contents[2]?.equals(bytes) ?? false,
    async releasedIds() {
      const ids: string[] = [];
      await using rows = await readStore({ directory });
      for await (const { id, phase } of rows.registrations()) if (phase === "released") ids.push(id);
      return ids;
    },
    async checkLeft() {
      const bodies = readdirSync(join(directory, "bodies"), { recursive: true, withFileTypes: true });
      expect(bodies.filter((entry) => !entry.isDirectory())).toEqual([]);
      expect(readdirSync(out).filter((name) => !names.includes(name))).toEqual([]);
      await using rows = await readStore({ directory });
      for await (const { uid, phase } of rows.registrations()) {
        expect(phase).toBe("released");
        expect(await rows.records(uid, 0, 10)).toEqual([]);
      }
    },
  };
}

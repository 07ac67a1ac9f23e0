import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Engine, FetchExtensions } from "../../core/index.ts";
import type { Resource, ResourceOptions } from "../origin/resource.ts";
import { type Fixture, MiB, stored } from "./fixture.ts";

export const size = 12 * MiB;

/** A download of 12 MiB that stands still at its ninth, with at least 8 MiB stored, its engine closed. */
export async function partialDownload(
  fixture: Fixture,
  options: FetchExtensions = {},
  more: Partial<ResourceOptions> = {},
): Promise<Resource> {
  const resource = fixture.origin.resource("/file", {
    body: { size, seed: 1 },
    faults: [{ type: "stall", after: 9 * MiB }],
    ...more,
  });
  await using engine = await fixture.restart();
  const registration = await engine.backgroundFetch.fetch("episode", resource.url, options);
  await stored(registration, 8 * MiB);
  return resource;
}

export const storeOf = ({ folder }: Fixture): string => join(folder, "store");

/** The files of the bodies, and beside them, as paths. */
export function bodyFilesOf(fixture: Fixture): readonly string[] {
  const bodies = join(storeOf(fixture), "bodies");
  return readdirSync(bodies, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** What the engine tells of faults, as long as it runs. */
export function faultsOf(engine: Engine): readonly string[] {
  const told: string[] = [];
  engine.events.on("fault", ({ during }) => told.push(during));
  return told;
}

/** From which byte on the last request asked for more; it also asked for the 64 KiB before, to compare them. */
export function askedFrom({ origin }: Fixture): number {
  const range = origin.log.at(-1)?.range ?? null;
  return range === null ? 0 : Number(/^bytes=(\d+)-/.exec(range)?.[1]) + 65_536;
}

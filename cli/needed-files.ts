import { lstat } from "node:fs/promises";
import type { StoreReader } from "../adapters/node/index.ts";
import type { RegistrationRow } from "../core/index.ts";
import { Complaint } from "./complaint.ts";
import type { GetPlan, PlannedFile } from "./get-plan.ts";

const pageSize = 1_000;

/**
 * The files of a `get` that are still to be brought: all, less those that earlier runs of the same `get` have saved.
 *
 * @param earlier what the store remembers of this id, ended.
 * @throws Complaint if something else stands where a file is to go, unless `force` says that it may be replaced.
 */
export async function neededFiles(
  plan: GetPlan,
  earlier: RegistrationRow | null,
  reader: StoreReader,
  force: boolean,
): Promise<readonly PlannedFile[]> {
  const { files } = plan;
  const sizes = await Promise.all(files.map(({ destination }) => sizeOfFile(destination)));
  const unsaved = earlier?.retained ? await unsavedRecords(earlier, reader) : new Set<string>();
  const vouched = earlier !== null && vouches(plan, earlier, sizes, force);
  const isSaved = ({ destination }: PlannedFile): boolean => vouched && !unsaved.has(destination);
  const there = files.filter((_, index) => sizes[index] !== null);
  const inTheWay = there.filter((file) => !isSaved(file));
  const [first] = inTheWay;
  if (first !== undefined && !force) {
    const more = inTheWay.length > 1 ? ` (and ${inTheWay.length - 1} more)` : "";
    throw new Complaint(`${first.destination} exists${more}: use --force to replace what is there.`, 1);
  }
  const saved = new Set(there.filter(isSaved));
  return files.filter((file) => !saved.has(file));
}

/**
 * Whether a file that is there, and that the earlier download does not still owe, was saved by an earlier run.
 *
 * An id made from URLs and destinations vouches for both, also where a retry had only the rest to bring. Under an id
 * that the user gave, other files may have been meant: then only all of the bytes being there will do.
 */
function vouches(
  { idGiven, files }: GetPlan,
  { retained, failureReason, records, downloaded }: RegistrationRow,
  sizes: readonly (number | null)[],
  force: boolean,
): boolean {
  if (retained) return !idGiven || records === files.length;
  if (failureReason !== null || force) return false;
  if (!idGiven) return true;
  return records === files.length && sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0) === downloaded;
}

/** Destinations of a failed download's records that did not succeed. */
async function unsavedRecords({ uid, records }: RegistrationRow, reader: StoreReader): Promise<Set<string>> {
  const unsaved = new Set<string>();
  for (let from = 0; from < records; from += pageSize) {
    for (const { destination, state } of await reader.records(uid, from, pageSize)) {
      if (destination !== null && state !== "success") unsaved.add(destination);
    }
  }
  return unsaved;
}

/** In bytes; `null` if nothing is there. @throws Complaint if it is a folder. */
async function sizeOfFile(path: string): Promise<number | null> {
  const found = await lstat(path).catch(() => null);
  if (found?.isDirectory()) {
    throw new Complaint(`${path} is a folder: give a file name with --output, or a folder for it with --directory.`, 1);
  }
  return found?.size ?? null;
}

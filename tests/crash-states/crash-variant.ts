import type { UnsyncedChange } from "./disk.ts";
import type { DiskChange } from "./disk-step.ts";
import type { SeededChance } from "./seeded-chance.ts";

/** What of the unsynced changes a crash left on the disk. */
export interface Survival {
  /** In the order in which they are applied. */
  readonly changes: readonly DiskChange[];
  /** Files have the length that they had, with zeros where bytes were lost. */
  readonly lengths: boolean;
}

type Choose = (unsynced: readonly UnsyncedChange[], chance: SeededChance) => Survival;

/** The first ones need no chance; a process that is killed leaves all. */
const certain: readonly (readonly [name: string, choose: Choose])[] = [
  ["kept", (unsynced) => survival(unsynced.map(changeOf))],
  ["dropped", () => survival([])],
  ["names-only", (unsynced) => survival(unsynced.map(changeOf).filter(isName))],
  ["names-and-lengths", (unsynced) => survival(unsynced.map(changeOf).filter(isName), true)],
  ["data-only", (unsynced) => survival(unsynced.map(changeOf).filter((change) => !isName(change)))],
  ["names-by-file-sync", (unsynced) => survival(unsynced.filter((one) => one.fileSynced).map(changeOf))],
];

/** Each picks other ones each time. */
const chancy: readonly (readonly [name: string, choose: Choose])[] = [
  ["some", (unsynced, chance) => mixed(unsynced, chance, (data) => some(data, chance))],
  ["some-in-any-order", (unsynced, chance) => mixed(unsynced, chance, (data) => chance.shuffle(some(data, chance)))],
  ["torn-512", (unsynced, chance) => mixed(unsynced, chance, (data) => torn(data, chance, 512))],
  ["torn-4096", (unsynced, chance) => mixed(unsynced, chance, (data) => torn(data, chance, 4_096))],
  ["sectors-512", (unsynced, chance) => mixed(unsynced, chance, (data) => sectors(data, chance, 512))],
  ["sectors-4096", (unsynced, chance) => mixed(unsynced, chance, (data) => sectors(data, chance, 4_096))],
  ["all-but-one", (unsynced, chance) => survival(without(unsynced.map(changeOf), chance), chance.next() < 0.5)],
  ["only-one", (unsynced, chance) => survival(only(unsynced.map(changeOf), chance), chance.next() < 0.5)],
];

export const certainVariants: number = certain.length;

/** The `variant`th way to crash with these changes unsynced; its chance comes from the seed, the moment and the variant. */
export function surviving(variant: number, unsynced: readonly UnsyncedChange[], chance: SeededChance): Survival {
  return entryOf(variant)[1](unsynced, chance);
}

export function nameOfVariant(variant: number): string {
  return entryOf(variant)[0];
}

function entryOf(variant: number): readonly [string, Choose] {
  const entry = certain[variant] ?? chancy[(variant - certain.length) % chancy.length];
  if (entry === undefined) throw new RangeError(`There is no variant ${variant}`);
  return entry;
}

const changeOf = ({ change }: UnsyncedChange): DiskChange => change;
const isName = ({ type }: DiskChange): boolean => type === "names";
const survival = (changes: readonly DiskChange[], lengths = false): Survival => ({ changes, lengths });

/** Data by `pick`; of names all, none, or some. Names stay in order: a folder is never older in one name than in that name. */
function mixed(
  unsynced: readonly UnsyncedChange[],
  chance: SeededChance,
  pick: (data: readonly DiskChange[]) => readonly DiskChange[],
): Survival {
  const changes = unsynced.map(changeOf);
  const names = changes.filter(isName);
  const kept = [names, [], some(names, chance), names][chance.below(4)] ?? names;
  const data = pick(changes.filter((change) => !isName(change)));
  return survival([...kept, ...data], chance.next() < 0.25);
}

function some<T>(changes: readonly T[], chance: SeededChance): readonly T[] {
  const share = chance.next();
  return changes.filter(() => chance.next() < share);
}

/** All up to one, of which only the first `sector`s are there. */
function torn(data: readonly DiskChange[], chance: SeededChance, sector: number): readonly DiskChange[] {
  const at = chance.below(data.length);
  const one = data[at];
  if (one === undefined || one.type !== "write") return data.slice(0, at);
  const pieces = piecesOf(one, sector);
  return [...data.slice(0, at), ...pieces.slice(0, chance.below(pieces.length + 1))];
}

/** Each sector as it was at some moment since the last sync. */
function sectors(data: readonly DiskChange[], chance: SeededChance, sector: number): readonly DiskChange[] {
  const share = chance.next();
  const lost = new Set<string>();
  return data
    .flatMap((change) => piecesOf(change, sector))
    .filter((piece) => {
      if (piece.type !== "write") return chance.next() < share;
      const place = `${piece.inode}/${Math.floor(piece.offset / sector)}`;
      if (!lost.has(place) && chance.next() < share) return true;
      lost.add(place);
      return false;
    });
}

/** A write, cut where the sectors of the file begin. */
function piecesOf(change: DiskChange, sector: number): readonly DiskChange[] {
  if (change.type !== "write") return [change];
  const pieces: DiskChange[] = [];
  const end = change.offset + change.bytes.byteLength;
  for (let start = change.offset; start < end; ) {
    const next = Math.min(end, (Math.floor(start / sector) + 1) * sector);
    const bytes = change.bytes.subarray(start - change.offset, next - change.offset);
    pieces.push({ ...change, offset: start, bytes });
    start = next;
  }
  return pieces;
}

function without<T>(values: readonly T[], chance: SeededChance): readonly T[] {
  return values.toSpliced(chance.below(values.length), 1);
}

function only<T>(values: readonly T[], chance: SeededChance): readonly T[] {
  const at = chance.below(values.length);
  return values.slice(at, at + 1);
}

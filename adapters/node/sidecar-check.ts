import { closeSync, readFile } from "node:fs";
import { basename } from "node:path";
import { promisify } from "node:util";
import { crc32 } from "node:zlib";
import { type IntactBytes, isLonghaulError, type JournalValue } from "../../core/ports/index.ts";
import { openBodyFile } from "./body-file.ts";
import { readBody } from "./read-body.ts";
import { sidecarPathOf } from "./sidecar.ts";
import { type Proof, parseSidecar, type SidecarLines } from "./sidecar-lines.ts";

const readWhole = promisify<number, Buffer>(readFile);

/** What is noted beside the body at `path`, or `null`. */
export async function noteBeside(path: string): Promise<JournalValue | null> {
  return (await linesBeside(path)).notes.at(-1)?.value ?? null;
}

/**
 * How many of the first `length` bytes of the body at `path`, which has `size`, are what the sidecar says they are.
 *
 * `assertUsable` is asked before each read, so that an aborted or closed store ends it.
 */
export async function intactBytes(
  path: string,
  length: number,
  size: number,
  assertUsable: () => void,
): Promise<IntactBytes> {
  const { proofs } = await linesBeside(path);
  let intact = length;
  let proven = 0;
  for (const group of groupsOf(proofs, length, size)) {
    if (group.start >= intact) break;
    const { matching, differs } = await compare(path, group, assertUsable);
    if (differs) intact = Math.min(intact, matching);
    if (group.start <= proven) proven = Math.max(proven, matching);
  }
  return { intact, proven: Math.min(proven, intact) };
}

/** Proofs that start at the same byte: one pass over the file tells which of them hold. */
interface Group {
  readonly start: number;
  readonly ends: ReadonlyMap<number, number>;
}

function groupsOf(proofs: readonly Proof[], length: number, size: number): readonly Group[] {
  const groups = new Map<number, Map<number, number>>();
  for (const { start, end, digest } of [...proofs].sort(
    (one, other) => one.start - other.start || one.end - other.end,
  )) {
    // What was cut off proves nothing of what is left.
    if (start >= length || end > size) continue;
    const ends = groups.get(start) ?? new Map<number, number>();
    groups.set(start, ends.set(end, digest));
  }
  return [...groups].map(([start, ends]) => ({ start, ends }));
}

/** Up to where the bytes match the proofs of the group, and whether those behind that differ. */
async function compare(
  path: string,
  { start, ends }: Group,
  assertUsable: () => void,
): Promise<{ readonly matching: number; readonly differs: boolean }> {
  let matching = start;
  let position = start;
  let digest = 0;
  const marks = [...ends];
  const slice = { start, end: marks.at(-1)?.[0] ?? start };
  for await (const bytes of readable(readBody(path, slice, assertUsable), assertUsable)) {
    let taken = 0;
    for (let mark = marks[0]; mark !== undefined && mark[0] <= position + bytes.byteLength; mark = marks[0]) {
      const end = mark[0] - position;
      digest = crc32(bytes.subarray(taken, end), digest);
      taken = end;
      if (digest !== mark[1]) return { matching, differs: true };
      matching = mark[0];
      marks.shift();
    }
    digest = crc32(bytes.subarray(taken), digest);
    position += bytes.byteLength;
  }
  // Shorter than it was a moment ago: somebody else cuts it.
  return { matching, differs: marks.length > 0 };
}

/** What the disk cannot give any more is as if it were not there. */
async function* readable(source: AsyncIterable<Uint8Array>, assertUsable: () => void): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch {
    // Unless it is not for the disk that nothing comes.
    assertUsable();
  }
}

async function linesBeside(path: string): Promise<SidecarLines> {
  let fd: number;
  try {
    fd = openBodyFile(sidecarPathOf(path), "read");
  } catch (error) {
    if (isLonghaulError(error)) return { proofs: [], notes: [] };
    throw error;
  }
  try {
    return parseSidecar(basename(path), await readWhole(fd));
  } catch {
    // Unreadable is as good as lost.
    return { proofs: [], notes: [] };
  } finally {
    closeSync(fd);
  }
}

/** The bytes from `start` up to, not including, `end`. Inclusive ends exist only in headers. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Sorted, disjoint, not adjacent, none empty: two sets of the same bytes are deeply equal. */
export type ByteRanges = readonly ByteRange[];

/** The bytes of `set` and those of `range`. An empty range adds nothing. */
export function addRange(set: ByteRanges, range: ByteRange): ByteRanges {
  if (isEmpty(range)) return set;
  // A neighbour that only touches is swallowed too: adjacent ranges would make equal sets unequal.
  const before = set.filter(({ end }) => end < range.start);
  const after = set.filter(({ start }) => start > range.end);
  const swallowed = set.slice(before.length, set.length - after.length);
  const start = Math.min(range.start, swallowed[0]?.start ?? range.start);
  const end = Math.max(range.end, swallowed.at(-1)?.end ?? range.end);
  return [...before, { start, end }, ...after];
}

/** The bytes of `set` that are not in `range`. */
export function subtractRange(set: ByteRanges, range: ByteRange): ByteRanges {
  if (isEmpty(range)) return set;
  return set
    .flatMap(({ start, end }) => [
      { start, end: Math.min(end, range.start) },
      { start: Math.max(start, range.end), end },
    ])
    .filter((piece) => !isEmpty(piece));
}

/** The bytes of `[0, total)` that `set` lacks. */
export function missingRanges(set: ByteRanges, total: number): ByteRanges {
  const starts = [0, ...set.map(({ end }) => end)];
  const ends = [...set.map(({ start }) => start), total];
  return starts
    .map((start, index) => ({ start, end: Math.min(ends[index] ?? total, total) }))
    .filter((gap) => !isEmpty(gap));
}

/** How many bytes `set` holds. */
export function coveredLength(set: ByteRanges): number {
  return set.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** The end of the run of covered bytes that `offset` stands in, or `offset` itself if that byte is missing. */
export function contiguousFrom(set: ByteRanges, offset: number): number {
  return set.find(({ start, end }) => start <= offset && offset < end)?.end ?? offset;
}

/** Whether `set` holds every byte of `range`. An empty range is always covered. */
export function covers(set: ByteRanges, range: ByteRange): boolean {
  return isEmpty(range) || contiguousFrom(set, range.start) >= range.end;
}

/** Written so that a `NaN` makes a range empty: it then can claim no byte. */
function isEmpty({ start, end }: ByteRange): boolean {
  return !(start < end);
}

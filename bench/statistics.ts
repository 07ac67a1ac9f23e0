import type { Measurement } from "./measure.ts";

/** The middle value; of an even number the mean of the two middle ones; `null` of none. */
function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}

/** Of those that were measured. */
export const medianOf = (
  measurements: readonly Measurement[],
  what: (measurement: Measurement) => number | null,
): number | null => median(measurements.map(what).filter((value) => value !== null));

/** The median of wall ratios taken within the same round: what slowed a round slowed both. */
export function wallRatio(of: readonly Measurement[], to: readonly Measurement[] | undefined): number | null {
  return median(
    of.flatMap(({ wallS }, round) => {
      const other = to?.[round];
      return other === undefined ? [] : [wallS / other.wallS];
    }),
  );
}

import type { JobResult } from "./run-job.ts";
import { medianOf, wallRatio } from "./statistics.ts";

/** To be raised as longhaul becomes better, never lowered without a reason in docs/performance.md. */
const budgets = {
  one: {
    mostTimesCurl: 1.5,
    fasterThan: ["aria2c -x1", "node fetch → pipeline", "got", "ipull", "node-downloader-helper"],
  },
  many: { filesPerSecond: 2_000 },
  rssMiB: 200,
};

const ours = ["longhaul get", "longhaul engine"];

/** One promise about speed or memory, and whether it was kept; `null` where it could not be told. */
export interface Verdict {
  readonly claim: string;
  readonly kept: boolean | null;
}

export function verdictsOf(result: JobResult): readonly Verdict[] {
  const { job, measurements } = result;
  return ours.flatMap((name): readonly Verdict[] => {
    const runs = measurements.get(name) ?? [];
    const within = (claim: string, value: number | null, holds: (value: number) => boolean): Verdict => ({
      claim: `${name}, ${job.title}: ${claim}${value === null ? "" : `: ${value.toFixed(2)}`}`,
      kept: value === null ? null : holds(value),
    });
    const rss = within(
      `RSS of at most ${budgets.rssMiB} MiB`,
      largest(runs.map(({ rssMiB }) => rssMiB)),
      (mib) => mib <= budgets.rssMiB,
    );
    if (job.name === "many") {
      const wall = medianOf(runs, ({ wallS }) => wallS);
      const { filesPerSecond } = budgets.many;
      const rate = wall === null ? null : job.count / wall;
      return [within(`at least ${filesPerSecond} files a second`, rate, (files) => files >= filesPerSecond), rss];
    }
    const { mostTimesCurl, fasterThan } = budgets.one;
    return [
      within(
        `at most ${mostTimesCurl} × curl's wall`,
        wallRatio(runs, measurements.get("curl")),
        (ratio) => ratio <= mostTimesCurl,
      ),
      ...fasterThan.map((other) =>
        within(`faster than ${other}, by wall`, wallRatio(runs, measurements.get(other)), (ratio) => ratio < 1),
      ),
      rss,
    ];
  });
}

/** Memory is a promise for every run, so its median says nothing. */
function largest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

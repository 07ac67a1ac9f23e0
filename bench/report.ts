import { bytesOf } from "./job.ts";
import type { JobResult } from "./run-job.ts";
import { medianOf, wallRatio } from "./statistics.ts";
import type { Subject } from "./subject.ts";

const reference = "curl";

/** The result as a Markdown table, the fastest first. */
export function tableOf({ job, measurements }: JobResult, subjects: readonly Subject[]): string {
  const remarks = new Map(subjects.map(({ name, remark }) => [name, remark]));
  const rows = [...measurements]
    .map(([name, runs]) => {
      const wall = medianOf(runs, ({ wallS }) => wallS) ?? Number.NaN;
      const rate = job.count === 1 ? bytesOf(job) / 1e6 / wall : job.count / wall;
      const walls = runs.map(({ wallS }) => wallS);
      const cells = [
        name,
        `${figure(wall, 2)} (${figure(Math.min(...walls), 2)}–${figure(Math.max(...walls), 2)})`,
        figure(rate, 0),
        figure(
          medianOf(runs, ({ cpuS }) => cpuS),
          2,
        ),
        figure(
          medianOf(runs, ({ rssMiB }) => rssMiB),
          0,
        ),
        figure(wallRatio(runs, measurements.get(reference)), 2),
        remarks.get(name) ?? "",
      ];
      return { wall, line: `| ${cells.join(" | ")} |` };
    })
    .sort((a, b) => a.wall - b.wall)
    .map(({ line }) => line);
  const rate = job.count === 1 ? "MB/s" : "files/s";
  return [
    `| ${job.title} | wall s (min–max) | ${rate} | cpu s | RSS MiB | wall ÷ ${reference} | |`,
    "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ...rows,
  ].join("\n");
}

function figure(value: number | null, digits: number): string {
  return value === null || Number.isNaN(value) ? "–" : value.toFixed(digits);
}

import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Job, manyFiles, oneFile } from "./job.ts";
import { startNginx } from "./nginx.ts";
import type { BenchOptions } from "./options.ts";
import { type JobResult, runJob } from "./run-job.ts";
import type { Subject } from "./subject.ts";

/** Bytes of each small file. */
const smallSize = 4096;

/** Make the files, serve them, let everybody download them, and leave nothing behind, however it ends. */
export async function runAll(
  options: BenchOptions,
  subjects: readonly Subject[],
  say: (line: string) => void,
): Promise<readonly JobResult[]> {
  await using stack = new AsyncDisposableStack();
  const interrupted = (): void => void stack.disposeAsync().finally(() => process.exit(130));
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, interrupted);
  stack.defer(() => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.off(signal, interrupted);
  });

  const home = await mkdtemp(join(options.directory, "longhaul-bench-"));
  stack.defer(() => rm(home, { recursive: true, force: true }));
  const root = join(home, "root");
  const jobs: Job[] = [];
  if (wants(options, "one")) jobs.push(await oneFile(root, options.size));
  if (wants(options, "many")) jobs.push(await manyFiles(root, options.files, smallSize));
  const { url } = stack.use(await startNginx(root, join(home, "nginx")));

  const results: JobResult[] = [];
  for (const job of jobs) {
    results.push(await runJob(job, { subjects, rounds: options.rounds, url, directory: home, say }));
  }
  return results;
}

const wants = ({ jobs }: BenchOptions, name: string): boolean => jobs.length === 0 || jobs.includes(name);

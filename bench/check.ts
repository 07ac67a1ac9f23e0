import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Job } from "./job.ts";

/** Fails unless every file of `job` lies in `output` with its size. */
export async function checkSizes(job: Job, output: string): Promise<void> {
  for (let index = 0; index < job.count; index += 1) {
    const name = basename(job.nameOf(index));
    const { size } = await stat(join(output, name));
    if (size !== job.size) throw new Error(`${name} has ${size} bytes, not ${job.size}`);
  }
}

/** Fails unless every file of `job` lies in `output`, byte for byte. */
export async function checkDigests(job: Job, output: string): Promise<void> {
  await checkSizes(job, output);
  for (const [index, expected] of job.sha256.entries()) {
    const name = basename(job.nameOf(index));
    const hash = createHash("sha256");
    await pipeline(createReadStream(join(output, name)), hash);
    if (hash.digest("hex") !== expected) throw new Error(`${name} has the right size and wrong bytes`);
  }
}

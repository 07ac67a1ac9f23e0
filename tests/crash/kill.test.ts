import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sha256Of } from "../origin/body.ts";
import { createOrigin } from "../origin/origin.ts";
import type { DownloadTask } from "./download-child.ts";
import { fileDigest } from "./file-digest.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { unreadBytes } from "./unread-bytes.ts";

const MiB = 1024 * 1024;
const size = 200 * MiB;
const seed = 7;
const kills = Number(process.env["LONGHAUL_KILLS"] ?? 20);

function download(task: DownloadTask): ChildProcess {
  const child = join(import.meta.dirname, "download-child.ts");
  return spawn(process.execPath, [child, JSON.stringify(task)], { stdio: ["ignore", "ignore", "inherit"] });
}

/** Kill a download once the server has sent `moment` bytes, run it again, and tell how many bytes were sent again. */
async function killAndGoOn(moment: number, digest: string): Promise<number> {
  await using folder = await temporaryFolder();
  await using origin = await createOrigin();
  const { url } = origin.resource("/file", { body: { size, seed } });
  const task = { directory: join(folder.path, "store"), url, destination: join(folder.path, "file") };
  const first = download(task);
  await origin.until(() => (origin.log[0]?.bytesSent ?? 0) >= moment);
  // Stopped first, so that what the process had not yet read can be told from what it had.
  first.kill("SIGSTOP");
  const received = (origin.log[0]?.bytesSent ?? 0) - unreadBytes(Number(new URL(url).port));
  first.kill("SIGKILL");
  await once(first, "exit");

  const [code] = await once(download(task), "exit");

  expect(code).toBe(0);
  expect(await fileDigest(task.destination)).toBe(digest);
  const from = Number(/^bytes=(\d+)-$/.exec(origin.log[1]?.range ?? "bytes=0-")?.[1]);
  return origin.log.length === 1 ? 0 : Math.max(0, received - from);
}

describe("kill -9", () => {
  // Mutants: commit before the sync; start again from 0; append at the file's length instead of the checkpoint.
  it(`G6 at ${kills} random moments of a 200 MiB download, the next run brings the right bytes and asks for little again`, async () => {
    const digest = sha256Of(seed, size);
    const moments = Array.from({ length: kills }, () => Math.floor(Math.random() * size));
    const again: number[] = [];
    const worker = async (): Promise<void> => {
      for (let moment = moments.pop(); moment !== undefined; moment = moments.pop()) {
        again.push(await killAndGoOn(moment, digest));
      }
    };

    await Promise.all([worker(), worker()]);

    expect(again).toHaveLength(kills);
    expect(Math.max(...again)).toBeLessThanOrEqual(8 * MiB);
    console.log(`sent again after kill -9: median ${inMiB(median(again))} MiB, most ${inMiB(Math.max(...again))} MiB`);
  }, 600_000);
});

const inMiB = (bytes: number): string => (bytes / MiB).toFixed(1);
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { testFolder } from "../faults/test-folder.ts";
import { createOrigin, type Origin } from "../origin/origin.ts";
import { AnywhereJob, type JobFetch, type ServedFile } from "./anywhere-job.ts";
import { type Life, type Moment, spawnLife } from "./anywhere-life.ts";
import { bundleChild, type ChildBundle } from "./child-bundle.ts";

const KiB = 1024;
const kills = Number(process.env["LONGHAUL_KILLS_ANYWHERE"] ?? 480);

/** By what a process says, not by a clock alone: a machine that is slow today would be killed only while it opens. */
const moments = [
  "spawn",
  ...["opening", "opening", "opened", "opened", "fetched", "downloaded", "downloaded"],
  ...["settled", "settled", "event", "handled", "released", "closing"],
] as readonly Moment["after"][];

/** Another file system than the store's, where there is one: what is moved there is copied. */
function elsewhere(): string {
  const path = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "longhaul-test-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function serve(origin: Origin): { readonly small: readonly ServedFile[]; readonly medium: ServedFile } {
  const file = (name: string, seed: number, size: number, bytesPerSecond?: number): ServedFile => {
    const pace = bytesPerSecond === undefined ? {} : { bytesPerSecond };
    const { url } = origin.resource(`/${name}`, { body: { size, seed }, ...pace });
    return { url, seed, size };
  };
  const small = [5 * KiB, 70 * KiB, 0, 300 * KiB, 20 * KiB].map((size, index) => file(`s${index}`, index + 1, size));
  return { small, medium: file("medium", 9, 2 * KiB * KiB, 16 * KiB * KiB) };
}

function moment(): Moment {
  const after = moments[Math.floor(Math.random() * moments.length)] ?? "opened";
  return { after, ms: (after === "spawn" ? 200 : 25) * Math.random(), latestMs: 150 + 2_000 * Math.random() };
}

const phases = new Map<string, number>();

function count({ lines, code }: Life): void {
  const phase = code === null ? `after "${lines.at(-1)?.[0] ?? "spawn"}"` : "it had finished";
  phases.set(phase, 1 + (phases.get(phase) ?? 0));
}

describe("kill -9", () => {
  // Mutants: progress, or a settlement, told before its commit; released before the handler has finished; garbage that is
  // not collected; a copy whose temporary name goes before the body does.
  it(`G1 G3 G5 G8 F23 ${kills} processes killed at any moment lose nothing that was acknowledged, and leave nothing behind`, async () => {
    const folder = testFolder();
    const outside = elsewhere();
    await using origin = await createOrigin();
    const { small, medium } = serve(origin);
    const bundle = await bundleChild(join(import.meta.dirname, "anywhere-child.ts"), join(folder, "bundle"));
    let made = 0;
    let jobs = 0;
    let repeated = 0;

    const lane = async (): Promise<void> => {
      let next = spawnLife(bundle);
      while (made < kills) {
        const job = newJob(join(folder, `job-${jobs}`), join(outside, `job-${jobs++}`));
        let killed = true;
        // The last of a job that is not killed in time is not killed at all.
        while (killed && made < kills) {
          const life = next;
          next = spawnLife(bundle);
          const lived = await life.live(job.task, moment());
          killed = lived.code === null;
          if (killed) made += 1;
          else expect(lived.code).toBe(0);
          count(lived);
          await job.check(lived);
        }
        if (killed) await finish(bundle, job);
        job.checkEnd();
        repeated += job.repeatedEvents;
      }
      await next.dismiss();
    };

    function newJob(home: string, away: string): AnywhereJob {
      const [a, b, c, d, e] = small.map((served) => served);
      const fetches = [
        { id: "small", files: [at(a, join(home, "out", "a")), at(b, join(away, "b")), at(c, join(home, "out", "c"))] },
        { id: "kept", files: [at(d, null), at(e, null)] },
        { id: "medium", files: [at(medium, join(away, "medium"))] },
      ];
      return new AnywhereJob(join(home, "store"), fetches, [join(home, "out"), away]);
    }

    try {
      await Promise.all([lane(), lane()]);
    } finally {
      const found = [...phases].sort(([, one], [, other]) => other - one).map(([phase, n]) => `${n} ${phase}`);
      console.log(`${made} kills, ${jobs} jobs, ${repeated} events handed out again: ${found.join(", ")}`);
    }
    expect(made).toBeGreaterThanOrEqual(kills);
  }, 1_800_000);
});

/** Left alone, it must finish. */
async function finish(bundle: ChildBundle, job: AnywhereJob): Promise<void> {
  const life = await spawnLife(bundle).live(job.task, null);
  await job.check(life);
  expect(life.code).toBe(0);
}

function at(served: ServedFile | undefined, destination: string | null): JobFetch["files"][number] {
  if (served === undefined) throw new Error("No such file");
  return { served, destination };
}

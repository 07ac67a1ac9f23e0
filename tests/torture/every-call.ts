import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { createOrigin } from "../origin/origin.ts";
import { type Errno, errnos } from "./errno.ts";
import { type Outcome, torture } from "./torture.ts";

/** Runs at the same time: most of a run is waiting. */
const atOnce = 10;

interface Run extends Outcome {
  readonly at: number;
  readonly errno: Errno;
}

/** Fail the first, the second, … the last call of a run in each way. Every run is checked; what became of them is printed. */
export async function failEveryCall(forEver: boolean): Promise<void> {
  const base = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
  const folder = mkdtempSync(join(base, "longhaul-torture-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await using origin = await createOrigin();
  origin.route("/form", (request, response) => void request.resume().once("end", () => response.end("thanks")));
  const clean = await torture(origin, folder, 0, { at: 0, errno: "EIO", forEver: false });
  expect(clean.told).toEqual([]);
  expect([...clean.ends.values()]).toEqual(["backgroundfetchsuccess", "backgroundfetchsuccess"]);

  const runs: Run[] = [];
  const violations: string[] = [];
  const rest = Array.from({ length: clean.calls }, (_, n) => errnos.map((errno) => ({ at: n + 1, errno }))).flat();
  const total = rest.length;
  const worker = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
      try {
        runs.push({ ...(await torture(origin, folder, total - rest.length, { ...next, forEver })), ...next });
      } catch (error) {
        violations.push(`call ${next.at}, ${next.errno}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  print(clean.calls, runs, forEver);
  expect(violations).toEqual([]);
  expect(runs.filter(isSilent)).toEqual([]);
  expect(runs).toHaveLength(total);
}

const ofBodies: ReadonlySet<string | null> = new Set(["write", "sync", "commit", "dispose body"]);

/** A fault that nobody was told of, though somebody could still listen. */
function isSilent({ hit, told, during }: Run): boolean {
  if (hit === null || told.length > 0 || during === "closing") return false;
  return during === "running" || !ofBodies.has(hit);
}

function print(calls: number, runs: readonly Run[], forEver: boolean): void {
  const count = (holds: (run: Run) => boolean): number => runs.filter(holds).length;
  const ended = (type: string) => (run: Run) => run.ends.get("files") === `backgroundfetch${type}`;
  const how = forEver ? "for ever" : "once";
  console.log(
    `${calls} calls × ${errnos.length} errors, ${how}: ${runs.length} runs, ${count((run) => run.hit !== null)} hit; ` +
      `files: ${count(ended("success"))} succeeded, ${count(ended("fail"))} failed, ` +
      `${count((run) => !run.ends.has("files"))} refused; ${count((run) => run.waited)} ended only after healing; ` +
      `${count((run) => run.hit !== null && run.told.length === 0)} told of nothing`,
  );
}

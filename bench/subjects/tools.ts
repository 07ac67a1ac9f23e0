import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { parallel } from "../job.ts";
import type { RunPlace, Subject } from "../subject.ts";

/** Programs that a person at a terminal would take instead. */
export const tools: readonly Subject[] = [
  tool("curl", "not synced", curl),
  tool("curl, then sync", "all at once, at the end", (place) => [
    "sh",
    "-c",
    'sync_to=$1; shift; "$@" && sync -f "$sync_to"',
    "sh",
    place.output,
    ...curl(place),
  ]),
  tool("wget2", "not synced", (place) => [
    "wget2",
    "-q",
    `--max-threads=${parallel}`,
    "-P",
    place.output,
    "-i",
    place.list,
  ]),
  tool("aria2c -x1", "not synced; saves its state every 60 s", aria2c),
];

function curl({ job, url, output }: RunPlace): readonly string[] {
  if (job.name === "one") return ["curl", "-sSf", "-o", `${output}/one.bin`, `${url}/one.bin`];
  const range = `[${"0".repeat(job.digits)}-${job.count - 1}]`;
  const atOnce = ["--parallel", "--parallel-immediate", "--parallel-max", String(parallel)];
  return ["curl", "-sSf", ...atOnce, "-o", `${output}/#1.bin`, `${url}/many/${range}.bin`];
}

function aria2c({ list, output }: RunPlace): readonly string[] {
  const quiet = ["--no-conf", "-q", "--file-allocation=none", "--auto-file-renaming=false"];
  return ["aria2c", ...quiet, "-x1", "-s1", `-j${parallel}`, "-d", output, "-i", list];
}

function tool(name: string, remark: string, command: (place: RunPlace) => readonly string[]): Subject {
  return { name, remark, handsOut: true, missing: () => missingProgram(name.split(/[ ,]/)[0] ?? name), command };
}

/** `null` if `program` answers. */
export async function missingProgram(program: string): Promise<string | null> {
  try {
    await promisify(execFile)(program, [program === "nginx" ? "-v" : "--version"]);
    return null;
  } catch {
    return `${program} is not installed`;
  }
}

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { missingProgram } from "../../subjects/tools.ts";
import { type Contender, mostAttempts, type RunPlace } from "../contender.ts";

const again = "the same command again";
const retries = mostAttempts - 1;

/** Programs that a person at a terminal would take, with the option that resumes. */
export const tools: readonly Contender[] = [
  tool("curl -C -", again, mostAttempts, curl),
  tool("curl --retry -C -", "by itself", 1, (place) => [
    ...curl(place),
    ...["--retry", String(retries), "--retry-delay", "1", "--retry-all-errors"],
  ]),
  tool("wget -c", again, mostAttempts, wget),
  tool("wget2 -c", again, mostAttempts, ({ url, output }) => ["wget2", "-q", "-c", "--tries=1", "-O", output, url]),
  tool("aria2c -c", "by itself, and the same command again", mostAttempts, ({ url, output }) => {
    const quiet = ["--no-conf", "-q", "--file-allocation=none", "--auto-file-renaming=false"];
    return ["aria2c", ...quiet, "-c", "-x1", "-s1", "-d", "/", "-o", output.slice(1), url];
  }),
];

function curl({ url, output }: RunPlace): readonly string[] {
  return ["curl", "-q", "-sSfL", "-C", "-", "-o", output, url];
}

function wget({ url, output }: RunPlace): readonly string[] {
  return ["wget", "-nv", "--no-config", "-c", "--tries=1", "-O", output, url];
}

function tool(name: string, manner: string, runs: number, command: (place: RunPlace) => readonly string[]): Contender {
  const [program = name] = name.split(" ");
  return {
    name,
    manner,
    runs,
    command,
    missing: () => missingProgram(program),
    async version() {
      const { stdout } = await promisify(execFile)(program, ["--version"]);
      return /\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? "of an unknown version";
    },
  };
}

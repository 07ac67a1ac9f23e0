import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createOrigin, type Origin } from "../origin/origin.ts";
import type { Resource } from "../origin/resource.ts";
import { cliHome, eventsOf, type Running } from "./cli-home.ts";

const size = 12_000_000;

/** Would take 24 seconds: no test waits for it, and none can come too late. */
const slow = { body: { size, seed: 7 }, bytesPerSecond: 500_000 };

function digestOf({ representation }: Resource): string {
  const hash = createHash("sha256");
  for (const chunk of representation.chunks(0, representation.size)) hash.update(chunk);
  return hash.digest("hex");
}

const digestOfFile = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");

/** Resolves once the command has told of bytes that are stored for good. */
const untilStored = (running: Running): Promise<void> => running.until((said) => /"downloaded":[1-9]/.test(said));

const rangesOf = ({ log }: Origin): (number | null)[] =>
  log.map(({ range }) => (range === null ? null : Number(range.slice("bytes=".length, -1))));

describe("an interrupt", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s pauses durably, and the same get goes on", async (signal) => {
    await using origin = await createOrigin();
    const resource = origin.resource("/a", slow);
    const home = cliHome();
    const running = home.start(["get", resource.url, "--json"]);
    await untilStored(running);

    running.signal(signal);
    const paused = await running.ended;
    const listed = await home.run(["ls", "--json"]);
    resource.change({ bytesPerSecond: 1e9 });
    const resumed = await home.run(["get", resource.url]);

    const [{ id } = { id: "" }] = eventsOf(listed.stdout);
    expect(paused.code).toBe(130);
    expect(paused.stderr).toBe(`Paused. Go on with the same command again, or with: longhaul resume ${id}\n`);
    expect(eventsOf(paused.stdout).at(-1)).toMatchObject({ type: "result", result: "paused" });
    expect(eventsOf(listed.stdout)).toMatchObject([{ state: "paused" }]);
    expect(resumed.code).toBe(0);
    expect(digestOfFile(home.at("a"))).toBe(digestOf(resource));
    const [first, second = 0] = rangesOf(origin);
    expect(first).toBeNull();
    expect(second).toBeGreaterThan(0);
  });

  it("costs nothing when the process is killed instead: resume goes on with all that is unfinished", async () => {
    await using origin = await createOrigin();
    const [one, two] = [origin.resource("/one", slow), origin.resource("/two", slow)];
    const home = cliHome();
    for (const { url } of [one, two]) {
      const running = home.start(["get", url, "--json"]);
      await untilStored(running);
      running.signal("SIGKILL");
      await running.ended;
    }
    const before = eventsOf((await home.run(["ls", "--json"])).stdout);
    for (const resource of [one, two]) resource.change({ bytesPerSecond: 1e9 });

    const { code } = await home.run(["resume"]);

    expect(before.map(({ state }) => state)).toEqual(["stopped", "stopped"]);
    expect(code).toBe(0);
    expect(["one", "two"].map((name) => digestOfFile(home.at(name)))).toEqual([one, two].map(digestOf));
    const [, , ...resumed] = rangesOf(origin);
    expect(resumed).toHaveLength(2);
    expect(resumed.every((from) => from !== null && from > 0)).toBe(true);
  });
});

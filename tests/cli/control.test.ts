import { existsSync, readdirSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createOrigin } from "../origin/origin.ts";
import { cliHome, eventsOf, type Running } from "./cli-home.ts";

/** Would take 24 seconds: no test waits for it, and none can come too late. */
const slow = { body: { size: 12_000_000, seed: 7 }, bytesPerSecond: 500_000 };
const untilStored = (running: Running): Promise<void> => running.until((said) => /"downloaded":[1-9]/.test(said));

describe("control from another process", () => {
  it("pauses and resumes a get that runs, which then comes to its end", async () => {
    await using origin = await createOrigin();
    const resource = origin.resource("/a", slow);
    const home = cliHome();
    const running = home.start(["get", resource.url, "--id", "a", "--json"]);
    await untilStored(running);

    const paused = await home.run(["pause", "a"]);
    const whilePaused = eventsOf((await home.run(["ls", "--json"])).stdout);
    resource.change({ bytesPerSecond: 1e9 });
    const resumed = await home.run(["resume", "a"]);
    const { code } = await running.ended;

    expect(paused).toMatchObject({ code: 0, stdout: 'Paused "a". Go on with: longhaul resume a\n' });
    expect(whilePaused).toMatchObject([{ id: "a", state: "paused" }]);
    expect(resumed.stdout).toMatch(/^"a" goes on in process \d+\.\n$/);
    expect(code).toBe(0);
    expect(statSync(home.at("a")).size).toBe(slow.body.size);
  });

  it("aborts a get that runs: it exits with 1, and nothing of it is left", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", slow);
    const home = cliHome();
    const running = home.start(["get", url, "--id", "a", "--json"]);
    await untilStored(running);

    const aborted = await home.run(["abort", "a"]);
    const { code, stderr } = await running.ended;

    expect(aborted).toMatchObject({ code: 0, stdout: 'Gave "a" up, and deleted what was received of it.\n' });
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'longhaul: "a" was aborted.\n' });
    expect(existsSync(home.at("a"))).toBe(false);
    expect(bodiesIn(home.at("data/longhaul/bodies"))).toEqual([]);
  });

  it("takes up a download that was not its own when asked to, and ends after both", async () => {
    await using origin = await createOrigin();
    const [one, two] = [origin.resource("/one", slow), origin.resource("/two", slow)];
    const home = cliHome();
    const first = home.start(["get", one.url, "--id", "one", "--json"]);
    await untilStored(first);
    first.signal("SIGKILL");
    await first.ended;
    const second = home.start(["get", two.url, "--id", "two", "--json"]);
    await untilStored(second);

    await home.run(["pause", "two"]);
    const before = eventsOf((await home.run(["ls", "--json"])).stdout);
    const rangesBeforeResuming = origin.log.map(({ range }) => range);
    for (const resource of [one, two]) resource.change({ bytesPerSecond: 1e9 });
    const resumed = await home.run(["resume", "one"]);
    await home.run(["resume", "two"]);
    const { code, stdout } = await second.ended;

    const results = eventsOf(stdout).filter(({ type }) => type === "result");
    expect(before.map(({ id, state }) => `${id} ${state}`)).toEqual(["one paused", "two paused"]);
    expect(rangesBeforeResuming).toEqual([null, null]);
    expect(resumed.stdout).toMatch(/^"one" goes on in process \d+\.\n$/);
    expect(code).toBe(0);
    expect(results.map(({ id, result }) => `${id} ${result}`).sort()).toEqual(["one success", "two success"]);
  });

  it("works on a store that nobody runs, also on one whose owner was killed", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", slow);
    const home = cliHome();
    const running = home.start(["get", url, "--id", "a", "--json"]);
    await untilStored(running);
    running.signal("SIGKILL");
    await running.ended;

    const paused = await home.run(["pause", "a"]);
    const listed = eventsOf((await home.run(["ls", "--json"])).stdout);
    const aborted = await home.run(["abort", "a"]);
    const again = await home.run(["abort", "a"]);

    expect(paused.code).toBe(0);
    expect(listed).toMatchObject([{ state: "paused" }]);
    expect(aborted.code).toBe(0);
    expect(again).toMatchObject({ code: 1, stderr: 'longhaul: "a" was aborted already: there is nothing to abort.\n' });
    expect(bodiesIn(home.at("data/longhaul/bodies"))).toEqual([]);
  });

  it("frees what a failed download kept", async () => {
    await using origin = await createOrigin();
    const resource = origin.resource("/a", { body: { size: 3_000_000, seed: 1 } });
    resource.faults.add({ type: "cut", after: 2_000_000, how: "rst" });
    resource.faults.add({ type: "status", status: 404 });
    const home = cliHome();
    await home.run(["get", resource.url, "--id", "a"]);
    const kept = bodiesIn(home.at("data/longhaul/bodies"));

    const { code } = await home.run(["abort", "a"]);

    expect(kept.filter((name) => !name.endsWith(".note"))).toHaveLength(1);
    expect(code).toBe(0);
    expect(bodiesIn(home.at("data/longhaul/bodies"))).toEqual([]);
  });

  it("listens on a socket that is this user's alone, also where the store's path is too long for one", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", slow);
    const home = cliHome();
    const store = home.at(`${"long".repeat(30)}/store`);
    const running = home.start(["get", url, "--id", "a", "--json", "--store", store], { env: { TMPDIR: home.path } });
    await untilStored(running);

    const socket = readdirSync(home.path).find((name) => name.startsWith("longhaul-")) ?? "";
    const { mode } = statSync(home.at(socket));
    const { code } = await home.run(["abort", "a", "--store", store], { env: { TMPDIR: home.path } });
    await running.ended;

    expect(mode & 0o777).toBe(0o600);
    expect(code).toBe(0);
    expect(readdirSync(home.path)).not.toContain(socket);
  });
});

function bodiesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

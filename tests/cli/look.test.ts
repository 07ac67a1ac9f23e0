import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createOrigin } from "../origin/origin.ts";
import { cliHome, eventsOf } from "./cli-home.ts";

describe("longhaul ls and show", () => {
  it("tell of what failed, what waits and what is complete, while another process works", async () => {
    await using origin = await createOrigin();
    const whole = origin.resource("/whole", { body: { size: 2_048, seed: 1 } });
    const slow = origin.resource("/slow", { body: { size: 9_000_000, seed: 1 }, bytesPerSecond: 300_000 });
    const home = cliHome();
    await home.run(["get", whole.url, "--id", "complete", "--title", "The whole\u001b[31m"]);
    await home.run(["get", `${origin.url}/missing?sig=s3cret`, "--id", "failed"]);
    const running = home.start(["get", slow.url, "--id", "running", "--json"]);
    await running.until((said) => /"downloaded":[1-9]/.test(said));

    const table = await home.run(["ls"]);
    const listed = await home.run(["ls", "--json"]);
    const failed = await home.run(["show", "failed"]);
    const shown = await home.run(["show", "running", "--json"]);

    expect(table.stdout.split("\n").map((line) => line.replace(/ {2,}/g, "  "))).toEqual([
      "ID  STATE  FILES  SIZE  %  STARTED  TITLE",
      expect.stringMatching(
        /^complete {2}complete {2}1\/1 {2}2\.0 KiB {2}100% {2}[\d-]{10} [\d:]{5} {2}The whole \[31m$/,
      ),
      expect.stringMatching(/^failed {2}failed {2}0\/1 {2}0 B {2}- /),
      expect.stringMatching(/^running {2}downloading {2}0\/1 {2}.* of 8\.6 MiB {2}\d+% /),
      "",
    ]);
    expect(eventsOf(listed.stdout).map(({ id, state }) => `${id}: ${state}`)).toEqual([
      "complete: complete",
      "failed: failed",
      "running: downloading",
    ]);
    expect(failed.stdout).toContain(`${origin.url}/missing?… -> ${home.at("missing")}`);
    expect(failed.stdout).toContain("failed, 0 B: The server answered 404.");
    expect(eventsOf(shown.stdout)).toMatchObject([
      { type: "download", id: "running", total: 9_000_000, records: { count: 1, settled: 0, succeeded: 0 } },
      {
        type: "explanation",
        because: { type: "transferring" },
        records: [{ index: 0, because: { type: "receiving", total: 9_000_000 } }],
      },
      { type: "record", index: 0, url: slow.url, state: "pending", status: 200, destination: home.at("slow") },
    ]);
    expect([table, listed, failed, shown].map(({ code, stderr }) => ({ code, stderr }))).toEqual(
      Array.from({ length: 4 }, () => ({ code: 0, stderr: "" })),
    );
    expect(failed.stdout).not.toContain("s3cret");
  });

  it("show says why nothing moves", async () => {
    await using origin = await createOrigin();
    origin.route("/busy", (_, response) => void response.writeHead(503, { "retry-after": "90" }).end());
    const home = cliHome();
    const running = home.start(["get", `${origin.url}/busy`, "--id", "busy", "--json"]);
    await running.until((said) => said.includes('"backing-off"'));

    const waiting = await home.run(["show", "busy"]);
    running.signal("SIGKILL");
    await running.ended;
    const dead = await home.run(["show", "busy"]);

    expect(waiting.stdout).toMatch(/busy: the server asked to wait until \d\d:\d\d:\d\d \(try 1 of 40: 503\)/);
    expect(dead.stdout).toContain("why      no process runs it: longhaul resume");
  });

  it("show tells of the first files, and of all when asked", async () => {
    await using origin = await createOrigin();
    const urls = Array.from({ length: 25 }, (_, n) => `${origin.url}/${n}`);
    const home = cliHome();
    await home.run(["get", "-i", "-", "--id", "many"], { input: urls.join("\n") });

    const first = await home.run(["show", "many"]);
    const few = await home.run(["show", "many", "--limit", "2"]);
    const all = await home.run(["show", "many", "--all", "--json"]);

    expect(first.stdout.match(/failed, 0 B/g)).toHaveLength(20);
    expect(first.stdout).toContain("… and 5 more: --all shows them\n");
    expect(few.stdout).toContain("… and 23 more: --all shows them\n");
    expect(eventsOf(all.stdout)).toHaveLength(26);
  });

  it("make no store where there is none", async () => {
    const home = cliHome();

    const { code, stdout, stderr } = await home.run(["ls", "--store", "new"]);

    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: "",
      stderr: 'No downloads yet: "longhaul get URL" begins one.\n',
    });
  });

  it("--help names every command and option, and the exit codes", async () => {
    const home = cliHome();

    const { code, stdout, stderr } = await home.run(["--help"]);
    const get = await home.run(["get", "--help"]);
    const version = await home.run(["--version"]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.match(/^ {2}(get|ls|show|pause|resume|abort) /gm)).toHaveLength(6);
    expect(stdout).toContain("Exit codes: 0 success; 1 a transfer failed");
    const options = get.stdout.match(/--[a-z]+/g) ?? [];
    expect(new Set(options)).toEqual(
      new Set(
        [
          ...["output", "directory", "input", "id", "title", "total", "header", "store"],
          ...["connections", "retries", "checksum", "force", "json", "quiet", "help", "network"],
        ].map((name) => `--${name}`),
      ),
    );
    const documented = readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8");
    const missing = options.filter((option) => !new RegExp(`\`${option}[ \`]`).test(documented));
    expect(new Set(missing)).toEqual(new Set(["--help"]));
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createOrigin } from "../origin/origin.ts";
import { cliHome, eventsOf } from "./cli-home.ts";

const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);

describe("longhaul get", () => {
  it("saves one URL in the current folder under its own name", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a/episode%205.mp3", { body: bytes });
    const home = cliHome();

    const { code, stdout, stderr } = await home.run(["get", `${url}?key=secret`]);

    expect(readFileSync(home.at("episode 5.mp3"))).toEqual(Buffer.from(bytes));
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toContain(`Saved ${home.at("episode 5.mp3")} (293 KiB in `);
    expect(stderr).not.toContain("secret");
  });

  it("keeps its store to this user alone, and nothing but the file elsewhere", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", { body: bytes });
    const home = cliHome();

    await home.run(["get", url, "-o", "deep/er/b"]);

    expect(statSync(home.at("data/longhaul")).mode & 0o777).toBe(0o700);
    expect(readdirSync(home.at("deep/er"))).toEqual(["b"]);
    expect(readdirSync(home.path).sort()).toEqual(["data", "deep"]);
  });

  it("saves several URLs, from arguments and a list, under names that never collide", async () => {
    await using origin = await createOrigin();
    const urls = ["/x/a.iso", "/y/a.iso", "/z/A.ISO"].map(
      (path, index) => origin.resource(path, { body: Uint8Array.of(index) }).url,
    );
    const home = cliHome();
    const input = `# mirrors\n\n  ${urls[1]}  \r\n${urls[2]}\n`;

    const { code } = await home.run(["get", urls[0] ?? "", "-i", "-", "-d", "out"], { input });

    const saved = readdirSync(home.at("out")).map((name) => [name, readFileSync(home.at(`out/${name}`))[0]]);
    expect(code).toBe(0);
    expect(Object.fromEntries(saved)).toEqual({ "a.iso": 0, "a (1).iso": 1, "A (2).ISO": 2 });
  });

  it("sends the header fields it was given, and never shows their values", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", { body: bytes });
    const home = cliHome();

    const { stdout, stderr } = await home.run(["get", url, "--json", "--header", "Authorization: Bearer s3cret"]);
    const shown = await home.run(["show", String(eventsOf(stdout)[0]?.["id"]), "--json"]);

    expect(origin.log[0]?.headers).toMatchObject({
      authorization: "Bearer s3cret",
      "user-agent": expect.stringMatching(/^longhaul\/\d/),
    });
    expect(stdout + stderr + shown.stdout).not.toContain("s3cret");
  });

  it("refuses to replace a file, and does so with --force", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", { body: bytes });
    const home = cliHome();
    writeFileSync(home.at("a"), "mine");

    const refused = await home.run(["get", url]);
    const kept = readFileSync(home.at("a"), "utf8");
    const forced = await home.run(["get", url, "--force"]);

    expect(refused.code).toBe(1);
    expect(refused.stderr).toBe(`longhaul: ${home.at("a")} exists: use --force to replace what is there.\n`);
    expect(kept).toBe("mine");
    expect(forced.code).toBe(0);
    expect(readFileSync(home.at("a"))).toEqual(Buffer.from(bytes));
    expect(origin.log).toHaveLength(1);
  });

  it("does nothing when the same get was complete before, also under an id that was given", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", { body: bytes });
    const home = cliHome();
    const commands = [
      ["get", url, "-d", "one"],
      ["get", url, "-d", "two", "--id", "mine"],
    ];

    const told: string[] = [];
    for (const command of [...commands, ...commands]) told.push((await home.run(command)).stderr);

    expect(told.slice(2)).toEqual(commands.map(() => "Nothing to do: the file is there already.\n"));
    expect(origin.log).toHaveLength(2);
  });

  it("fetches a complete file anew with --force", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", { body: bytes });
    const home = cliHome();
    await home.run(["get", url]);

    const forced = await home.run(["get", url, "--force"]);

    expect(forced.stderr).toContain("Saved ");
    expect(origin.log).toHaveLength(2);
  });

  it("does not take a stranger's file for one that it still owes", async () => {
    await using origin = await createOrigin();
    const home = cliHome();
    await home.run(["get", `${origin.url}/a`]);
    writeFileSync(home.at("a"), "mine");

    const { code, stderr } = await home.run(["get", `${origin.url}/a`]);

    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `longhaul: ${home.at("a")} exists: use --force to replace what is there.\n`,
    });
    expect(origin.log).toHaveLength(1);
  });

  it("takes a file for its own under a given id only if all of its bytes are there", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", { body: bytes });
    const home = cliHome();
    await home.run(["get", url, "--id", "mine"]);
    writeFileSync(home.at("a"), "something else");

    const { code, stderr } = await home.run(["get", url, "--id", "mine"]);

    expect(code).toBe(1);
    expect(stderr).toContain("exists: use --force");
  });

  it.each([
    { by: "the same command", command: null },
    { by: "resume", command: ["resume", "x", "--retries", "0"] },
  ])("says why a transfer failed, exits with 1, and goes on from what it kept by $by", async ({ command: other }) => {
    await using origin = await createOrigin();
    const broken = origin.resource("/broken", { body: { size: 3_000_000, seed: 1 } });
    const whole = origin.resource("/whole", { body: bytes });
    broken.faults.add({ type: "cut", after: 2_000_000, how: "rst" });
    broken.faults.add({ type: "status", status: 403 });
    const home = cliHome();
    const command = ["get", whole.url, `${broken.url}?sig=secret`, "--id", "x", "--header", "X-Y: z"];

    const failed = await home.run(command);
    const again = await home.run(other ?? command);

    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain(`longhaul: ${broken.url}?…: The server answered 403.`);
    expect(failed.stderr).toContain("What was received is kept");
    expect(again.code).toBe(0);
    expect(statSync(home.at("broken")).size).toBe(3_000_000);
    // The file that was saved is not asked for again, and the other one goes on.
    expect(origin.log.filter(({ path }) => path === "/whole")).toHaveLength(1);
    const last = origin.log.at(-1);
    expect(last).toMatchObject({ range: expect.stringMatching(/^bytes=[1-9]\d*-$/), status: 206 });
    expect(last?.headers).toMatchObject({ "x-y": "z" });
  });

  it("saves a file that has the --checksum, and no other", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", { body: bytes });
    const home = cliHome();
    const right = createHash("sha256").update(bytes).digest("hex");
    const wrong = createHash("sha256").update("another").digest("hex");

    const refused = await home.run(["get", url, "-o", "b", "--retries", "3", "--checksum", `sha256=${wrong}`]);
    expect([refused.code, existsSync(home.at("b"))]).toEqual([1, false]);
    expect(refused.stderr).toContain("What was received was thrown away");

    const saved = await home.run(["get", url, "-o", "b", "--checksum", `sha256=${right}`]);
    expect([saved.code, readFileSync(home.at("b"))]).toEqual([0, Buffer.from(bytes)]);
  });

  it("keeps to the --checksum when it is resumed, and of a file that is there already", async () => {
    await using origin = await createOrigin();
    const faults = [{ type: "status", status: 403 }] as const;
    const { url } = origin.resource("/a", { body: bytes, faults });
    const home = cliHome();
    const wrong = `sha256=${createHash("sha256").update("another").digest("hex")}`;
    await home.run(["get", url, "-o", "b", "--id", "x", "--checksum", wrong]);

    const resumed = await home.run(["resume", "x", "--retries", "3"]);
    expect([resumed.code, existsSync(home.at("b"))]).toEqual([1, false]);

    await home.run(["get", url, "-o", "c"]);
    const there = await home.run(["get", url, "-o", "c", "--checksum", wrong]);
    expect(there.code).toBe(1);
    expect(there.stderr).toContain("has another checksum: use --force");
  });

  it("does not go on under a --checksum that the download was not begun with", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", { body: { size: 9_000_000, seed: 1 }, bytesPerSecond: 300_000 });
    const home = cliHome();
    const running = home.start(["get", url, "--json"]);
    await running.until((said) => /"downloaded":[1-9]/.test(said));
    running.signal("SIGINT");
    await running.ended;

    const sum = `sha256=${createHash("sha256").update("another").digest("hex")}`;
    const { code, stderr } = await home.run(["get", url, "--checksum", sum]);

    expect(code).toBe(2);
    expect(stderr).toContain("was begun without this --checksum");
  });

  it("stops when more bytes come than --total allows", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", { body: bytes });
    const home = cliHome();

    const { code, stderr } = await home.run(["get", url, "--total", "1000"]);

    expect(code).toBe(1);
    expect(stderr).toContain("More bytes came than --total allows.");
  });

  it("prints one JSON object per event, and nothing else, with --json", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", { body: bytes });
    const home = cliHome();

    const { stdout, stderr } = await home.run(["get", url, "--json", "--id", "x"]);

    const events = eventsOf(stdout);
    expect(stderr).toBe("");
    expect(new Set(events.map(({ type }) => type))).toEqual(
      new Set(["registration.state", "progress", "record.state", "record.settled", "result"]),
    );
    expect(events.every(({ time }) => new Date(String(time)).toISOString() === time)).toBe(true);
    expect(events.at(-1)).toEqual({
      type: "result",
      time: expect.any(String),
      id: "x",
      result: "success",
      failureReason: null,
      downloaded: bytes.length,
      records: { count: 1, succeeded: 1 },
    });
  });

  it("says nothing with --quiet but what went wrong", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", { body: bytes });
    const home = cliHome();

    const right = await home.run(["get", url, "--quiet"]);
    const wrong = await home.run(["get", `${origin.url}/missing`, "--quiet"]);

    expect(right).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(wrong).toEqual({
      code: 1,
      stdout: "",
      stderr: `longhaul: ${origin.url}/missing: The server answered 404.\n`,
    });
  });
});

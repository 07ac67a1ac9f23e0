import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { canMount, smallVolume } from "../faults/small-volume.ts";
import { createOrigin } from "../origin/origin.ts";
import { cliHome, type Ended } from "./cli-home.ts";

/** One or two sentences that begin with the command's name, and no stack. */
function expectSentence({ stdout, stderr }: Ended, sentence: string | RegExp): void {
  expect(stderr).toMatch(sentence);
  expect(stderr.startsWith("longhaul: ")).toBe(true);
  expect(stderr).not.toMatch(/\n\s+at |node:internal|Warning/);
  expect(stdout).toBe("");
}

describe("bad input gets a sentence that says what to change", () => {
  it.each([
    {
      args: ["get", "ftp://host/file"],
      says: 'Only http: and https: can be fetched, not ftp: as in "ftp://host/file".',
    },
    { args: ["get", "example.com/file?key=s3cret"], says: "Did you mean https://example.com/file?…?" },
    { args: ["get", "http://me:s3cret@host/file"], says: "give them as --header 'Authorization: …' instead." },
    { args: ["get", "http://a/b", "-i", "missing"], says: "The list of URLs missing cannot be read (ENOENT)" },
    { args: ["get", "http://a/b", "--retries", "many"], says: "It must be a whole number from 0." },
    { args: ["get", "http://a/b", "--colour"], says: "unknown option '--colour'" },
    { args: ["fetch", "http://a/b"], says: "unknown command 'fetch'" },
    { args: ["show", "nobody"], says: 'There is no download "nobody" in this store: "longhaul ls" lists them.' },
    { args: ["pause", "nobody"], says: 'There is no download "nobody"' },
  ])("longhaul $args", async ({ args, says }) => {
    const ended = await cliHome().run(args);

    expectSentence(ended, new RegExp(says.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
    expect(ended.code).toBe(2);
    expect(ended.stderr).not.toContain("s3cret");
  });

  it.each([
    { what: "a folder below a file", args: ["-d", "file/below"], says: /file\/below is no folder, or lies in/ },
    { what: "a file that is a folder", args: ["-o", "folder"], says: /folder is a folder: give a file name/ },
    {
      what: "a folder that may not be written",
      args: ["-d", "shut"],
      says: /You may not write to .*shut: choose another/,
    },
    {
      what: "a store that may not be made",
      args: ["--store", "shut/store"],
      says: /You may not write to .*store: choose another with --store/,
    },
    {
      what: "a store that is a file",
      args: ["--store", "file"],
      says: /file is no folder.* choose another with --store/,
    },
  ])("$what", async ({ args, says }) => {
    const home = cliHome();
    writeFileSync(home.at("file"), "");
    mkdirSync(home.at("folder"));
    mkdirSync(home.at("shut"));
    chmodSync(home.at("shut"), 0o555);
    // To root every folder is open.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    mkdirSync(home.at("data"));
    chmodSync(home.at("data"), 0o777);
    chmodSync(home.path, 0o777);

    const ended = await home.run(["get", "http://127.0.0.1:9/x", ...args], nobody);

    expectSentence(ended, says);
    expect(ended.code).toBe(1);
  });

  it("two processes on one store", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", { body: { size: 9_000_000, seed: 1 }, bytesPerSecond: 300_000 });
    const home = cliHome();
    const running = home.start(["get", url, "--json"]);
    await running.until((said) => said.includes('"exchanging"'));

    const ended = await home.run(["get", `${url}?other`]);

    expectSentence(ended, /^longhaul: The store .* is in use by process \d+ .* --store DIR\.\n$/);
    expect(ended.code).toBe(1);
  });

  it("a download that is complete and is to be paused or resumed", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", { body: { size: 10, seed: 1 } });
    const home = cliHome();
    await home.run(["get", url, "--id", "a"]);

    const paused = await home.run(["pause", "a"]);
    const resumed = await home.run(["resume", "a"]);
    const all = await home.run(["resume"]);

    expectSentence(paused, '"a" is complete already: there is nothing to pause.');
    expectSentence(resumed, '"a" is complete already: there is nothing to resume.');
    expectSentence(all, "Nothing is unfinished in this store");
    expect([paused.code, resumed.code, all.code]).toEqual([1, 1, 1]);
  });

  it.skipIf(!canMount)("a disk that is full, and what was received is kept", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", { body: { size: 8_000_000, seed: 1 } });
    const home = cliHome();
    const volume = smallVolume(6_000_000);

    const { code, stderr } = await home.run(["get", url, "--store", `${volume.path}/store`, "--quiet"]);

    expect(code).toBe(1);
    // Whichever needs the last block first, the file or the store's own rows.
    expect(stderr).toMatch(/^longhaul: .* is full\. Free some space, then run the same command again\.\n/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it("another download under an id that is in use", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", { body: { size: 9_000_000, seed: 1 }, bytesPerSecond: 300_000 });
    const home = cliHome();
    const running = home.start(["get", url, "--id", "a", "--json"]);
    await running.until((said) => said.includes('"exchanging"'));
    running.signal("SIGINT");
    await running.ended;

    const ended = await home.run(["get", `${origin.url}/b`, "--id", "a"]);

    expectSentence(ended, '"a" is another download, and not complete: choose another --id, or abort that one.');
    expect(ended.code).toBe(2);
  });
});

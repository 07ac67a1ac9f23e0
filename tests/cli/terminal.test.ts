import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { createOrigin } from "../origin/origin.ts";
import { cliHome } from "./cli-home.ts";

const hasScript = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") ?? false;
if (!hasScript) console.warn("SKIPPED: tests on a terminal need util-linux's script command (Debian: bsdutils)");

describe.skipIf(!hasScript)("longhaul get on a terminal", () => {
  it("draws a line for each file and a total in place, and leaves the summary alone", async () => {
    await using origin = await createOrigin();
    const slow = { body: { size: 2_000_000, seed: 1 }, bytesPerSecond: 800_000 };
    const urls = ["/a.bin", "/b.bin"].map((path) => origin.resource(path, slow).url);
    const home = cliHome();

    const { code, stdout } = await home.run(["get", ...urls, "--id", "x"], { terminal: true });

    expect(code).toBe(0);
    expect(stdout).toMatch(/a\.bin {2,}\[=*> *\] {2}[\d.]+ [KM]iB of 1\.9 MiB {2}\d+%/);
    expect(stdout).toMatch(/x {2,}\[=*> *\] {2}0 of 2 files {2}[\d.]+ [KM]iB of 3\.8 MiB {2}\d+%/);
    // What stays: the cursor is shown again, and the last thing written below what was erased is the summary.
    expect(stdout.lastIndexOf("\u001b[?25h")).toBeGreaterThan(stdout.lastIndexOf("\u001b[?25l"));
    const visible = lastScreenOf(stdout);
    expect(visible).toEqual([
      expect.stringMatching(/^Saved 2 files in .* \(3\.8 MiB in [\d.]+ s, [\d.]+ [KM]iB\/s\)$/),
    ]);
    // At most ten times a second, and the beginning and the end.
    const seconds = Number(/ in ([\d.]+) s/.exec(stdout)?.[1]);
    expect(stdout.split("\u001b[?2026h").length).toBeLessThan(seconds * 10 + 6);
  });

  it("pauses at Ctrl-C, and leaves how to go on", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", { body: { size: 9_000_000, seed: 1 }, bytesPerSecond: 300_000 });
    const home = cliHome();
    const running = home.start(["get", url, "--id", "x"], { terminal: true });
    await running.until((said) => said.includes("KiB of"));

    running.type("\u0003");
    const { code, stdout } = await running.ended;

    expect(code).toBe(130);
    expect(lastScreenOf(stdout).at(-1)).toBe("Paused. Go on with the same command again, or with: longhaul resume x");
  });

  it("is paused, asked and resumed by keys", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", { body: { size: 3_000_000, seed: 1 }, bytesPerSecond: 1_000_000 });
    const home = cliHome();
    const running = home.start(["get", url, "--id", "x", "--title", "A film"], { terminal: true });
    await running.until((said) => /[KM]iB of/.test(said));
    expect(running.said()).toContain("A film   (p pauses, r resumes, a aborts, ? tells why it waits)");

    running.type("?");
    await running.until((said) => /1 {2}a: receiving, [\d.]+ [KM]iB of 2\.9 MiB/.test(said));
    running.type("p");
    await running.until((said) => said.includes("paused"));
    running.type("?");
    await running.until((said) => said.includes("why      paused"));
    running.type("r");

    const { code, stdout } = await running.ended;
    expect(code).toBe(0);
    expect(lastScreenOf(stdout).at(-1)).toMatch(/^Saved /);
  });

  it("is given up when the key was pressed twice, and not when it was pressed once", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/a", { body: { size: 9_000_000, seed: 1 }, bytesPerSecond: 300_000 });
    const home = cliHome();
    const running = home.start(["get", url, "--id", "x"], { terminal: true });
    await running.until((said) => said.includes("KiB of"));

    running.type("a");
    await running.until((said) => said.includes("Press a once more"));
    running.type("a");

    const { code, stdout } = await running.ended;
    expect([code, lastScreenOf(stdout).at(-1)]).toEqual([1, 'longhaul: "x" was aborted.']);
  });
});

/** The lines that a terminal shows at the end: what came after the last erasure of a line. */
function lastScreenOf(output: string): string[] {
  const esc = String.fromCharCode(27);
  const last = output.slice(output.lastIndexOf(`${esc}[2K`)).replaceAll("\r", "");
  const text = last.replace(new RegExp(`${esc}\\[[?\\d;]*[a-zA-Z]`, "g"), "");
  return text.split("\n").filter((line) => line !== "");
}

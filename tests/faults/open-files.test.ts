import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { KiB } from "../engine/fixture.ts";
import { createOrigin } from "../origin/origin.ts";
import { testFolder } from "./test-folder.ts";

const count = 40;

describe("a process that may open few files", { timeout: 120_000 }, () => {
  // Mutant: an error of a socket or a file that nobody handles.
  it.runIf(process.platform === "linux")("F7 ends every one of forty fetches, and no other way than well", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/file", { body: { size: 64 * KiB, seed: 1 }, bytesPerSecond: 64 * KiB });
    const urls = Array.from({ length: count }, (_, n) => `${url}?${n}`);
    const child = fileURLToPath(new URL("./few-files-child.ts", import.meta.url));
    const task = JSON.stringify({ directory: join(testFolder(), "store"), urls });
    // Node itself, the store and its logs take about thirty.
    const limited = spawn("prlimit", ["--nofile=64:64", process.execPath, child, task], { stdio: "pipe" });
    let said = "";
    let complained = "";
    limited.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    limited.stderr.setEncoding("utf8").on("data", (text: string) => {
      complained += text;
    });
    const [code] = await once(limited, "close");

    const ends = said
      .trim()
      .split("\n")
      .map((line) => line.replace(/^f\d+ /, "").trim());
    console.log(`of ${count} fetches with 64 files: ${ends.filter((end) => end === "success").length} succeeded`);
    expect([code, complained]).toEqual([0, ""]);
    expect(ends).toHaveLength(count);
    expect(ends.every((end) => /^(?:success|failure fetch-error)$/.test(end))).toBe(true);
  });
});

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { plan } from "../../examples/demo/plan.ts";

const start = fileURLToPath(new URL("../../scripts/start.mjs", import.meta.url));

describe("npm start without arguments", () => {
  let shown = "";
  let tookMs = 0;

  // Rejects unless it ends with 0, which it does only if all it claims has happened.
  beforeAll(async () => {
    const started = performance.now();
    const { stdout } = await promisify(execFile)(process.execPath, [start]);
    shown = stdout;
    tookMs = performance.now() - started;
  }, 60_000);

  it("brings home every file, byte for byte", () => {
    for (const { name } of plan.files) expect(shown).toMatch(new RegExp(`${name} .*SHA-256 right`));
  });

  it("kills its downloader with bytes still missing, and continues with ranges", () => {
    const killedAt = Number(shown.match(/our downloader is dead, without a word; (\d+) %/)?.[1]);
    const continued = Number(shown.match(/(\d+) interruptions after which a file went on from where it was/)?.[1]);

    expect(killedAt).toBeGreaterThanOrEqual(plan.killAt * 100);
    expect(killedAt).toBeLessThan(90);
    expect(continued).toBeGreaterThanOrEqual(plan.files.flatMap(({ cutsAt }) => cutsAt).length);
  });

  it("names every fault that it planned", () => {
    expect(shown).toContain("the server cuts lecture.mp4 at");
    expect(shown).toContain("the server goes away");
    expect(shown).toContain("the server is back after");
    expect(shown).toContain("the server says 503 to manual.pdf");
    expect(shown).toContain("manual.pdf is asked for again after");
    expect(shown).not.toContain("NOT AS PLANNED");
  });

  it("takes less than 30 s", () => {
    expect(tookMs).toBeLessThan(30_000);
  });
});

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);
const source = new URL("./system-clock.ts", import.meta.url).href;

/** Run `body` in a process of its own, with a `clock`, and give what it printed. */
async function outputOf(body: string): Promise<string> {
  const program = `import { SystemClock } from ${JSON.stringify(source)}; const clock = new SystemClock(); ${body}`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program], { timeout: 15_000 });
  return stdout;
}

describe("system clock", () => {
  it("keeps the process alive until a pending timer has fired, and no longer", async () => {
    const body =
      'clock.setTimeout(() => console.log("late"), 20); clock.clearTimeout(clock.setTimeout(() => {}, 60_000));';

    expect(await outputOf(body)).toBe("late\n");
  });

  // Mutant: without the chain Node fires at once, with a warning (H4).
  it("chains timers that are longer than a runtime's own", async () => {
    const body = `
      const asked = [];
      const real = globalThis.setTimeout;
      globalThis.setTimeout = (callback, ms) => { asked.push(ms); return real(callback, 0); };
      let shift = 0;
      const now = performance.now.bind(performance);
      performance.now = () => now() + shift;
      const chained = globalThis.setTimeout;
      globalThis.setTimeout = (callback, ms) => chained(() => { shift += ms; callback(); }, ms);
      await new Promise((resolve) => { clock.setTimeout(resolve, 2 ** 32); real(() => {}, 1_000).ref(); });
      console.log(asked.slice(0, 3).join());`;

    expect(await outputOf(body)).toBe(`${2 ** 31 - 1},${2 ** 31 - 1},2\n`);
  });
});

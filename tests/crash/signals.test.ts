import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openEngine } from "../../adapters/node/index.ts";
import { testFolder } from "../faults/test-folder.ts";
import { sha256Of } from "../origin/body.ts";
import { createOrigin } from "../origin/origin.ts";
import type { Resource } from "../origin/resource.ts";
import { fileDigest } from "./file-digest.ts";
import { startTs, type TsChild } from "./ts-child.ts";

const MiB = 1024 * 1024;
const size = 8 * MiB;
const slow = { body: { size, seed: 5 }, bytesPerSecond: 2 * MiB };

interface Host {
  start(how: string): TsChild;
  readonly destination: string;
  readonly directory: string;
}

function hostOf({ url }: Resource): Host {
  const folder = testFolder();
  const directory = join(folder, "store");
  const destination = join(folder, "file");
  const task = JSON.stringify({ directory, url, destination });
  return { directory, destination, start: (how) => startTs(new URL("./host-child.ts", import.meta.url), [task, how]) };
}

/** How many bytes it had stored for good when it first said so. */
async function storedBy(child: TsChild): Promise<number> {
  const { value } = await child.lines.next();
  return Number(/^stored (\d+)$/.exec(value ?? "")?.[1]);
}

/** Run to the end by another process, which asks for no byte again that was stored. */
async function finish(host: Host, resource: Resource): Promise<void> {
  resource.change({ bytesPerSecond: 1e9 });
  const child = host.start("finish");
  expect([await child.gone, child.stderr()]).toEqual([0, ""]);
  expect(await fileDigest(host.destination)).toBe(sha256Of(5, size));
}

/** Asked for again, to be compared with what is stored. */
const comparedBytes = 64 * 1024;

describe("a program that ends with our engine in it", { timeout: 90_000 }, () => {
  // Mutant: progress that is told before it is durable.
  it.each([
    ["SIGTERM", null],
    ["SIGINT", null],
    ["SIGHUP", null],
    ["exit", 3],
    ["throw", 1],
    ["reject", 1],
    ["worker", 0],
  ] as const)("G4 G7 by %s loses nothing that it was told of", async (how, code) => {
    await using origin = await createOrigin();
    const resource = origin.resource("/file", slow);
    const host = hostOf(resource);
    const child = host.start(how);
    const stored = how === "worker" ? MiB : await storedBy(child);
    if (how.startsWith("SIG")) child.process.kill(how as NodeJS.Signals);
    expect(await child.gone).toBe(code);

    await finish(host, resource);

    expect(stored).toBeGreaterThanOrEqual(MiB);
    expect(origin.log).toHaveLength(2);
    expect(Number(/^bytes=(\d+)-$/.exec(origin.log[1]?.range ?? "")?.[1])).toBeGreaterThanOrEqual(
      stored - comparedBytes,
    );
  });

  // Mutant: a lock that is a file with a time in it.
  it("G6 J1 J2 J9 that is stopped keeps its store, and finishes when it is let go on", async () => {
    await using origin = await createOrigin();
    const resource = origin.resource("/file", slow);
    const host = hostOf(resource);
    const child = host.start("wait");
    await storedBy(child);
    child.process.kill("SIGSTOP");

    const message = expect.stringContaining(`by process ${child.process.pid}`);
    const held = { code: "LONGHAUL_LOCK_HELD", message };
    await expect(openEngine({ directory: host.directory })).rejects.toMatchObject(held);
    child.process.kill("SIGCONT");

    expect([await child.gone, child.stderr()]).toEqual([0, ""]);
    expect(await fileDigest(host.destination)).toBe(sha256Of(5, size));
    expect(origin.log).toHaveLength(1);
  });
});

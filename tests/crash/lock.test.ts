import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SqliteLock } from "../../adapters/node/sqlite-lock.ts";
import { testFolder } from "../faults/test-folder.ts";
import { startTs, type TsChild } from "./ts-child.ts";

const held = { code: "LONGHAUL_LOCK_HELD" };

/** A process that holds the lock of `directory`, and the fence it got. */
async function holderOf(directory: string): Promise<{ readonly child: TsChild; readonly fence: number }> {
  const child = startTs(new URL("./lock-child.ts", import.meta.url), [directory]);
  const { value } = await child.lines.next();
  return { child, fence: Number(value) };
}

async function kill(child: TsChild): Promise<void> {
  child.process.kill("SIGKILL");
  await child.gone;
}

describe("the lock of a store", () => {
  it("excludes other processes, and names the one that holds it", async () => {
    const directory = testFolder();
    const { child } = await holderOf(directory);

    const message = expect.stringContaining(`${directory} is in use by process ${child.process.pid} since 20`);
    await expect(new SqliteLock({ directory }).acquire()).rejects.toMatchObject({ ...held, message });
    await kill(child);
  });

  it("ends with a process that is killed, and the next fence is greater", async () => {
    const directory = testFolder();
    let last = 0;
    for (let n = 0; n < 3; n += 1) {
      const { child, fence } = await holderOf(directory);
      expect(fence).toBeGreaterThan(last);
      await kill(child);
      const lease = await new SqliteLock({ directory }).acquire();
      expect(lease.fence).toBeGreaterThan(fence);
      last = lease.fence;
      await lease[Symbol.asyncDispose]();
    }
  });

  // Mutant: a lock that is a file with a time in it. Its owner would lose it while the laptop sleeps (G6, J2).
  it("stays with a process that is stopped", async () => {
    const directory = testFolder();
    const { child } = await holderOf(directory);
    child.process.kill("SIGSTOP");

    await expect(new SqliteLock({ directory }).acquire()).rejects.toMatchObject(held);
    await kill(child);
  });

  it("does not believe the file that names the owner", async () => {
    const directory = testFolder();
    writeFileSync(join(directory, "owner.json"), '{"pid":1,"host":"elsewhere","since":"2020-01-01T00:00:00.000Z"}');
    const lease = await new SqliteLock({ directory }).acquire();
    expect(JSON.parse(readFileSync(join(directory, "owner.json"), "utf8"))).toMatchObject({ pid: process.pid });

    for (const text of ["", "null", "[]", '{"pid":"x"}']) {
      writeFileSync(join(directory, "owner.json"), text);
      const message = `The store ${directory} is in use`;
      await expect(new SqliteLock({ directory }).acquire()).rejects.toMatchObject({ ...held, message });
    }
    await lease[Symbol.asyncDispose]();
  });

  // Mutant: counting from 1 in a new file. The journal remembers a greater fence, and would refuse every commit.
  it("goes on with greater fences when someone has deleted its files", async () => {
    const directory = testFolder();
    const { child, fence } = await holderOf(directory);
    await kill(child);
    for (const file of ["lock.db", "lock.db-journal", "owner.json"]) rmSync(join(directory, file), { force: true });

    await using lease = await new SqliteLock({ directory }).acquire();
    expect(lease.fence).toBeGreaterThan(fence);
  });

  it("says that a folder cannot hold it", async () => {
    const file = join(testFolder(), "file");
    writeFileSync(file, "");
    const denied = { code: "LONGHAUL_JOURNAL_DENIED", message: expect.stringContaining(file) };
    await expect(new SqliteLock({ directory: file }).acquire()).rejects.toMatchObject(denied);
  });
});

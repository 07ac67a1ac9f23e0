import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fetch } from "undici";
import { expect, it } from "vitest";
import { bytesOf } from "./body.ts";

it("an origin of its own process serves, obeys, writes its log, and ends with its standard input", async () => {
  const directory = await mkdtemp(join(tmpdir(), "longhaul-origin-"));
  const logFile = join(directory, "log");
  const config = { logFile, resources: { "/file": { body: { size: 1000, seed: 1 } } } };
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), JSON.stringify(config)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<{ readonly url: string }> => JSON.parse((await lines.next()).value ?? "{}");
  const obey = async (command: object): Promise<unknown> => {
    child.stdin.write(`${JSON.stringify(command)}\n`);
    return nextLine();
  };
  try {
    const { url } = await nextLine();
    const get = async (): Promise<Buffer> => Buffer.from(await (await fetch(`${url}/file`)).arrayBuffer());

    expect(await get()).toEqual(bytesOf(1, 0, 1000));
    expect(await obey({ do: "change", path: "/file", to: { body: { size: 10, seed: 2 } } })).toEqual({
      done: "change",
    });
    expect(await get()).toEqual(bytesOf(2, 0, 10));
    await obey({ do: "fault", path: "/file", fault: { type: "status", status: 503 } });
    expect((await fetch(`${url}/file`)).status).toBe(503);
    await obey({ do: "offline" });
    await expect(get()).rejects.toThrow();
    await obey({ do: "online" });
    expect(await get()).toEqual(bytesOf(2, 0, 10));

    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.stdin.end();
    expect(await ended).toBe(0);
    const log = (await readFile(logFile, "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const last = new Map(log.map((entry) => [entry.id, entry]));
    expect([...last.values()].map(({ status, bytesSent, ended: how }) => [status, bytesSent, how])).toEqual([
      [200, 1000, "sent"],
      [200, 10, "sent"],
      [503, 0, "sent"],
      [200, 10, "sent"],
    ]);
  } finally {
    child.kill();
    await rm(directory, { recursive: true, force: true });
  }
});

import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

// For a sentence only. The lock itself never depends on this file, which may be old, wrong or missing.
const pathIn = (directory: string): string => join(directory, "owner.json");

/** Write down who holds the lock. That it cannot be written is no reason not to hold it. */
export function nameOwner(directory: string): void {
  const owner = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  quietly(() => {
    const fresh = `${pathIn(directory)}.new`;
    rmSync(fresh, { force: true });
    writeFileSync(fresh, `${JSON.stringify(owner)}\n`, { mode: 0o600, flag: "wx" });
    renameSync(fresh, pathIn(directory));
  });
}

export function forgetOwner(directory: string): void {
  quietly(() => rmSync(pathIn(directory), { force: true }));
}

/** ` by process 12 on host since …`, or nothing if nobody knows. */
export function describeOwner(directory: string): string {
  let text = "";
  quietly(() => {
    const { pid, host, since } = JSON.parse(readFileSync(pathIn(directory), "utf8")) as Record<string, unknown>;
    if (typeof pid !== "number" || typeof since !== "string") return;
    const elsewhere = typeof host === "string" && host !== hostname() ? ` on ${host}` : "";
    text = ` by process ${pid}${elsewhere} since ${since}`;
  });
  return text;
}

function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // Only a sentence is poorer.
  }
}

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * Whether the terminal is ours: a job in the background that reads keys from it, or changes its mode, is stopped.
 *
 * A process that cannot find out takes it that it is not.
 */
export function isForeground(): boolean {
  if (process.platform === "win32") return true;
  const [group, foreground] = groups();
  return group !== undefined && group === foreground;
}

/** Our process group, and the one that the terminal listens to. */
function groups(): readonly (string | undefined)[] {
  try {
    // pid (name) state parent group session terminal foreground; the name may hold anything.
    const fields = readFileSync("/proc/self/stat", "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return [fields[2], fields[5]];
  } catch {
    const { stdout } = spawnSync("ps", ["-o", "pgid=,tpgid=", "-p", String(process.pid)], { encoding: "utf8" });
    return stdout?.trim().split(/\s+/) ?? [];
  }
}

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A file system of its own, in memory, gone with the test. */
export interface SmallVolume {
  readonly path: string;
  /** Nothing can be written any more. */
  makeReadOnly(): void;
}

/** Whether this process may mount: it takes Linux and root. */
export const canMount: boolean = process.platform === "linux" && process.getuid?.() === 0 && tryMount();
if (!canMount) console.warn("SKIPPED: tests of a full disk mount a tmpfs, which takes Linux and root");

/** A volume of `size` bytes. */
export function smallVolume(size: number): SmallVolume {
  const path = mountAt(size);
  onTestFinished(() => unmount(path));
  return { path, makeReadOnly: () => execFileSync("mount", ["-o", "remount,ro", path]) };
}

function mountAt(size: number): string {
  const path = mkdtempSync(join(tmpdir(), "longhaul-volume-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size},mode=700`, "tmpfs", path], { stdio: "pipe" });
  } catch (error) {
    rmdirSync(path);
    throw error;
  }
  return path;
}

function unmount(path: string): void {
  // Lazy: what a failed test left open must not keep the volume.
  execFileSync("umount", ["--lazy", path]);
  rmdirSync(path);
}

function tryMount(): boolean {
  try {
    unmount(mountAt(65_536));
    return true;
  } catch {
    return false;
  }
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A new empty folder, gone when the test that asked for it has ended. */
export function testFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "longhaul-test-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

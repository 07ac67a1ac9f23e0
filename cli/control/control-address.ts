import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

/** What a unix socket's path may have in bytes: 104 on macOS, 108 on Linux, with a zero at its end. */
const longestPath = 100;

/**
 * Where the process that runs a store listens for commands: in the store's own folder where the path is short enough.
 *
 * @throws Error `ENOENT` if there is no such folder.
 */
export function controlAddress(store: string): string {
  const directory = realpathSync(store);
  const hash = createHash("sha256").update(directory).digest("hex").slice(0, 16);
  if (process.platform === "win32") return `\\\\.\\pipe\\longhaul-${hash}`;
  const inside = join(directory, "control");
  return Buffer.byteLength(inside) <= longestPath ? inside : join(tmpdir(), `longhaul-${userInfo().uid}-${hash}`);
}

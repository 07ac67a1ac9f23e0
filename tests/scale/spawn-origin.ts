import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { OriginConfig } from "../origin/main.ts";

/** The origin in a process of its own, for as long as the scope lasts. */
export async function spawnOrigin(config: OriginConfig): Promise<AsyncDisposable & { readonly url: string }> {
  const main = join(import.meta.dirname, "../origin/main.ts");
  const child = spawn(process.execPath, [main, JSON.stringify(config)], { stdio: ["pipe", "pipe", "inherit"] });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const { url }: { readonly url: string } = JSON.parse(String(line));
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await once(child, "exit");
    },
  };
}

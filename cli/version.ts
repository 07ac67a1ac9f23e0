import { readFileSync } from "node:fs";

/** The version of the package. Sources and build stand equally deep below its package.json. */
export function version(): string {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return String(manifest.version);
}

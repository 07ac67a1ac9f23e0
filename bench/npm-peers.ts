import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Install what `bench/package.json` lists, into `bench/`. */
export async function installPeers(): Promise<void> {
  const bench = fileURLToPath(new URL(".", import.meta.url));
  await promisify(execFile)("npm", ["install", "--prefix", bench, "--no-audit", "--no-fund", "--no-package-lock"]);
}

/** Where the package is described, if it was installed. */
export function manifestOf(packageName: string): URL {
  return new URL(`node_modules/${packageName}/package.json`, import.meta.url);
}

/** `null` if the package is installed. */
export async function missingPackage(packageName: string): Promise<string | null> {
  return access(manifestOf(packageName)).then(
    () => null,
    () => `${packageName} is not installed; --with-npm-peers installs it`,
  );
}

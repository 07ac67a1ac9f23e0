import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

/** What decides where a user's data belongs. */
export interface Place {
  readonly platform: NodeJS.Platform;
  readonly env: { readonly [name: string]: string | undefined };
  readonly home: string;
}

/**
 * Where the store is: `--store`, or this user's own data folder.
 *
 * A relative `XDG_DATA_HOME` counts as unset, as the XDG Base Directory Specification demands.
 */
export function storeDirectory(given: string | undefined, place: Place = here()): string {
  if (given !== undefined) return resolve(given);
  const { platform, env, home } = place;
  if (platform === "win32") return join(env["LOCALAPPDATA"] ?? join(home, "AppData", "Local"), "longhaul");
  const xdg = env["XDG_DATA_HOME"];
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, "longhaul");
  if (platform === "darwin") return join(home, "Library", "Application Support", "longhaul");
  return join(home, ".local", "share", "longhaul");
}

const here = (): Place => ({ platform: process.platform, env: process.env, home: homedir() });

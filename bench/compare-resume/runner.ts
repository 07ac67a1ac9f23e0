import { fileURLToPath } from "node:url";

/** The path of a program in `runners/`. Each gets a URL, the file to make, and perhaps a folder; 0 means: it is there. */
export function runner(script: string): string {
  return fileURLToPath(new URL(`runners/${script}`, import.meta.url));
}

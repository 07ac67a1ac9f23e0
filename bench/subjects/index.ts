import { installPeers } from "../npm-peers.ts";
import type { BenchOptions } from "../options.ts";
import type { Subject } from "../subject.ts";
import { libraries } from "./libraries.ts";
import { ours } from "./longhaul.ts";
import { tools } from "./tools.ts";

/**
 * Everybody that was asked for and can take part; of the others it is said why they cannot.
 *
 * @throws Error if it is us who cannot.
 */
export async function presentSubjects(options: BenchOptions, say: (line: string) => void): Promise<readonly Subject[]> {
  if (options.withNpmPeers) await installPeers();
  const present: Subject[] = [];
  for (const subject of [...tools, ...libraries, ...ours]) {
    const { name } = subject;
    if (name !== "curl" && options.only.length > 0 && !options.only.some((part) => name.includes(part))) continue;
    const why = await subject.missing();
    if (why === null) present.push(subject);
    else if (ours.includes(subject)) throw new Error(`Nothing to measure: ${why}`);
    else say(`${name} is skipped: ${why}`);
  }
  return present;
}

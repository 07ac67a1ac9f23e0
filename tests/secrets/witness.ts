import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import type { Engine } from "../../core/index.ts";
import { type Canary, found } from "./canaries.ts";

const names = [
  ...(["registration.state", "registration.progress", "record.state", "record.settled"] as const),
  ...(["network.state", "fault"] as const),
];

/** Hears everything that an engine tells, in both ways in which a program would write it down. */
export interface Witness {
  /** Which secrets were told so far. */
  told(): readonly Canary[];
  /** Have this written down, too: an explanation, an error. */
  note(value: unknown): void;
}

export function witnessOf(engine: Engine): Witness {
  const lines: string[] = [];
  const note = (value: unknown): void => {
    lines.push(inspect(value, { depth: 12, showHidden: true, getters: true }), JSON.stringify(value) ?? "");
    if (value instanceof Error) lines.push(String(value.stack), value.message);
  };
  for (const name of names) engine.events.on(name, note);
  return { note, told: () => found(lines.join("\n")) };
}

/** Which secrets are in the files of a folder, or in their names; and in which files. */
export async function atRest(folder: string): Promise<ReadonlyMap<Canary, readonly string[]>> {
  const places = new Map<Canary, string[]>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const content = entry.isFile() ? await readFile(join(entry.parentPath, entry.name)) : Buffer.alloc(0);
    for (const canary of new Set([...found(content), ...found(entry.name)])) {
      places.set(canary, [...(places.get(canary) ?? []), entry.name]);
    }
  }
  return places;
}

/**
 * What may be where. Everything else is a leak.
 *
 * | place | may hold | because |
 * | --- | --- | --- |
 * | the store | header values, URL (with query and fragment) and body of the request | the caller gave them, and a resumed download needs them; 0600 |
 * | the store | other fields of the response than cookies | the response is given out with them, also after a restart |
 * | the origin asked | the same without the fragment, and what `headers` provided | that is what they are for |
 * | another origin | the query of the redirect that led there | it is addressed to it |
 * | events, explanations, errors, output | nothing | |
 */
export const allowed = {
  atRest: ["authorization", "cookie", "apiKey", "queryToken", "fragment", "requestBody", "authToken"],
  firstOrigin: ["authorization", "cookie", "apiKey", "queryToken", "requestBody", "provided"],
  otherOrigin: ["signature"],
} as const satisfies Readonly<Record<string, readonly Canary[]>>;

/** Those that are not allowed. */
export function leaks(seen: Iterable<Canary>, may: readonly Canary[]): readonly Canary[] {
  return [...seen].filter((canary) => !may.includes(canary));
}

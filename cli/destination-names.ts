import { fileNameOf } from "./light.ts";

/**
 * A file name for each URL, no two alike: the second `a.iso` is `a (1).iso`.
 *
 * The same URLs in the same order always get the same names, or a second run would not know the files of the first.
 * Names that differ in case alone count as alike: on many file systems they are.
 */
export function destinationNames(urls: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  const tries = new Map<string, number>();
  return urls.map((url) => {
    const name = fileNameOf(url, null);
    const dot = name.lastIndexOf(".");
    const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
    let unique = name;
    let n = tries.get(fold(name)) ?? 0;
    while (taken.has(fold(unique))) unique = `${stem} (${++n})${extension}`;
    tries.set(fold(name), n);
    taken.add(fold(unique));
    return unique;
  });
}

const fold = (name: string): string => name.normalize("NFC").toLowerCase();

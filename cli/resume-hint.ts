import { storeDirectory } from "./store-directory.ts";

/** The command line that goes on with a download, or with all of them, fit to be pasted into a shell. */
export function resumeHint(store: string, id: string | null): string {
  const where = store === storeDirectory(undefined) ? [] : ["--store", quoted(store)];
  return ["longhaul resume", ...(id === null ? [] : [quoted(id)]), ...where].join(" ");
}

function quoted(text: string): string {
  return /^[\w./:@%+=,][\w./:@%+=,-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

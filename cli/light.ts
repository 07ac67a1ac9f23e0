// biome-ignore-start lint/style/noRestrictedImports: through the public entries every command would load undici, rxjs
// and xstate, in the build, too: 100 ms that `ls` would wait for an HTTP client that it has no use for.
import { SqliteJournalStore } from "../adapters/node/sqlite-journal-store.ts";
import { readStore as read, type StoreReader } from "../core/read-store.ts";

export { isLonghaulError } from "../core/errors.ts";
export type { StoreReader } from "../core/read-store.ts";
export { fileNameOf } from "../models/file-name.ts";
export { shownUrl } from "../models/url-origin.ts";
// biome-ignore-end lint/style/noRestrictedImports: only these

/** What `longhaul/node` exports under this name. */
export async function readStore({ directory }: { readonly directory: string }): Promise<StoreReader> {
  return read(await SqliteJournalStore.open({ directory, readOnly: true }));
}

import type { StoreReader } from "../adapters/node/index.ts";
import { failureSentence } from "./failure-words.ts";
import { findRow } from "./find-row.ts";
import { shownUrl } from "./light.ts";
import type { OpenStore } from "./open-store.ts";
import { resumeHint } from "./resume-hint.ts";
import type { Result } from "./shown-event.ts";

const pageSize = 1_000;
const mostListed = 10;

/**
 * Why a download did not succeed, for the last lines on the standard error; nothing if it did, or was only paused.
 *
 * Read from the store, where also the failures of earlier runs are. Call it before the store is closed.
 */
export async function failureReport({ reader, directory }: OpenStore, result: Result): Promise<readonly string[]> {
  const { id } = result;
  if (result.result === "aborted") return [`longhaul: "${id}" was aborted.`];
  if (result.result !== "failure") return [];
  const { reasons, kept } = await reasonsOf(reader, id);
  const listed = reasons.slice(0, mostListed).map((reason) => `longhaul: ${reason}`);
  if (reasons.length > mostListed) {
    listed.push(`longhaul: … and ${reasons.length - mostListed} more files: longhaul show ${id} --all`);
  }
  if (reasons.length === 0)
    listed.push(`longhaul: "${id}" failed: ${result.failureReason ?? "nobody knows why"}; "longhaul show" tells more.`);
  return !kept
    ? listed
    : [...listed, `What was received is kept. Try again with the same command, or with: ${resumeHint(directory, id)}`];
}

/** What went wrong with each file, and whether anything was kept that another try can use. */
async function reasonsOf(
  reader: StoreReader,
  id: string,
): Promise<{ readonly reasons: readonly string[]; readonly kept: boolean }> {
  const row = await findRow(reader, id);
  const reasons: string[] = [];
  let kept = false;
  for (let from = 0; row !== null && from < row.records; from += pageSize) {
    for (const { url, state, failure, generation } of await reader.records(row.uid, from, pageSize)) {
      kept ||= generation !== null;
      if (state === "failure" && failure !== null) reasons.push(`${shownUrl(url)}: ${failureSentence(failure)}`);
    }
  }
  return { reasons, kept };
}

import type { StoreReader } from "../../adapters/node/index.ts";
import type { RecordRow, RegistrationRow } from "../../core/index.ts";
import type { ExitCode } from "../complaint.ts";
import { askOwner } from "../control/ask-owner.ts";
import { describeListing } from "../describe-listing.ts";
import { explanationLines } from "../explanation-words.ts";
import { expectRow, unknownId } from "../find-row.ts";
import { listingOf } from "../listing.ts";
import { readOrEmpty } from "../read-or-empty.ts";
import { describeRecord, recordListing } from "../record-listing.ts";
import { resumeHint } from "../resume-hint.ts";

export interface ShowOptions {
  readonly json?: boolean;
  readonly all?: boolean;
  /** Records that are shown without `--all`. */
  readonly limit: number;
}

const pageSize = 1_000;

/** Show one download, and the files that it brings, a page at a time. @throws Complaint if there is none of this id. */
export async function show(directory: string, id: string, options: ShowOptions): Promise<ExitCode> {
  const reader = await readOrEmpty(directory);
  if (reader === null) throw unknownId(id);
  await using open = reader;
  const row = await expectRow(open, id);
  const states = (await askOwner(directory, { command: "states" }))?.states ?? {};
  const listing = await listingOf(row, open, states);
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  print(options.json ? JSON.stringify({ type: "download", ...listing }) : describeListing(listing));
  if (row.phase === "active") for (const line of await whyLines(directory, id, options)) print(line);
  let shown = 0;
  const most = options.all ? row.records : Math.min(row.records, options.limit);
  for await (const record of recordsOf(open, row, most)) {
    shown += 1;
    print(options.json ? JSON.stringify({ type: "record", ...recordListing(record) }) : describeRecord(record));
  }
  if (!options.json && shown > 0 && shown < row.records) print(`… and ${row.records - shown} more: --all shows them`);
  return 0;
}

/** Why it stands where it stands, by the word of the process that runs it. */
async function whyLines(directory: string, id: string, { json }: ShowOptions): Promise<string[]> {
  const explanation = (await askOwner(directory, { command: "explain", id }))?.explanation;
  if (json) return explanation === undefined ? [] : [JSON.stringify({ type: "explanation", ...explanation })];
  if (explanation !== undefined) return explanationLines(explanation);
  return [`why      no process runs it: ${resumeHint(directory, id)}`];
}

async function* recordsOf(reader: StoreReader, { uid }: RegistrationRow, most: number): AsyncGenerator<RecordRow> {
  for (let from = 0; from < most; from += pageSize) {
    yield* await reader.records(uid, from, Math.min(pageSize, most - from));
  }
}

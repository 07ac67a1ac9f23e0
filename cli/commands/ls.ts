import type { ExitCode } from "../complaint.ts";
import { askOwner } from "../control/ask-owner.ts";
import { type Listing, listingOf } from "../listing.ts";
import { readOrEmpty } from "../read-or-empty.ts";
import { table } from "../table.ts";
import { formatBytes, formatPercent } from "../view/format-bytes.ts";

/** List the downloads of the store, oldest first; also while another process runs it. */
export async function ls(directory: string, { json }: { readonly json?: boolean }): Promise<ExitCode> {
  const listings: Listing[] = [];
  const reader = await readOrEmpty(directory);
  if (reader !== null) {
    await using open = reader;
    const states = (await askOwner(directory, { command: "states" }))?.states ?? {};
    for await (const row of open.registrations()) listings.push(await listingOf(row, open, states));
  }
  if (json) for (const listing of listings) process.stdout.write(`${JSON.stringify(listing)}\n`);
  else if (listings.length === 0) process.stderr.write('No downloads yet: "longhaul get URL" begins one.\n');
  else process.stdout.write(table(["ID", "STATE", "FILES", "SIZE", "%", "STARTED", "TITLE"], listings.map(cellsOf)));
  return 0;
}

function cellsOf({ id, title, state, records, downloaded, total, started }: Listing): readonly string[] {
  const whole = total ?? 0;
  const size = total === null || total === downloaded ? formatBytes(downloaded) : bothSizes(downloaded, whole);
  const percent = total === null ? "-" : formatPercent(downloaded, whole);
  const files = `${records.succeeded}/${records.count}`;
  return [id, state, files, size, percent, localTime(new Date(started)), title];
}

const bothSizes = (part: number, whole: number): string => `${formatBytes(part)} of ${formatBytes(whole)}`;

/** The Swedish way to write a time is ISO 8601's, in the user's own time zone. */
const localTime = (time: Date): string => time.toLocaleString("sv-SE", { dateStyle: "short", timeStyle: "short" });

import { Complaint, type ExitCode } from "../complaint.ts";
import { askOwner } from "../control/ask-owner.ts";
import { endedAlready } from "../control-commands.ts";
import { expectRow } from "../find-row.ts";
import { retryDownload } from "../retry-download.ts";
import type { RunOptions } from "../run-options.ts";
import { runSession, type Session } from "../session.ts";

/** Go on with a download, or with all that are unfinished; in the process that runs the store, or else in this one. */
export async function resume(directory: string, id: string | null, options: RunOptions): Promise<ExitCode> {
  if (id !== null) {
    const answer = await askOwner(directory, { command: "resume", id });
    if (answer !== null) {
      process.stdout.write(`${answer.said}\n`);
      return 0;
    }
  }
  return runSession(directory, options, (session) => (id === null ? resumeAll(session) : resumeOne(session, id)));
}

async function resumeOne(session: Session, id: string): Promise<void> {
  const row = await expectRow(session.store.reader, id);
  if (row.phase === "active") await session.resume(row);
  else if (row.retained) await retryDownload(session, row);
  else throw endedAlready(row, "resume");
}

async function resumeAll(session: Session): Promise<void> {
  let count = 0;
  for await (const row of session.store.reader.registrations()) {
    if (row.phase !== "active") continue;
    count += 1;
    await session.resume(row);
  }
  if (count === 0) throw new Complaint('Nothing is unfinished in this store: "longhaul get URL" begins something.', 1);
}

import type { RegistrationRow } from "../../core/index.ts";
import { Complaint, type ExitCode } from "../complaint.ts";
import { ensureFolders } from "../ensure-folders.ts";
import { hasChecksum } from "../file-checksum.ts";
import { findRow } from "../find-row.ts";
import type { GetOptions } from "../get-options.ts";
import { type GetPlan, getPlan, type PlannedFile } from "../get-plan.ts";
import { neededFiles } from "../needed-files.ts";
import { runSession, type Session } from "../session.ts";
import { urlList } from "../url-list.ts";

const pageSize = 1_000;

/** Download the URLs, or go on with them where an earlier run of the same command stopped. */
export async function get(directory: string, given: readonly string[], options: GetOptions): Promise<ExitCode> {
  const listed = options.input === undefined ? [] : await urlList(options.input);
  const plan = getPlan([...given, ...listed], options);
  return runSession(directory, options, async (session) => {
    const row = await findRow(session.store.reader, plan.id);
    if (row?.phase === "active") await goOn(session, plan, row);
    else await begin(session, plan, row, options);
  });
}

async function goOn(session: Session, plan: GetPlan, row: RegistrationRow): Promise<void> {
  if (plan.idGiven && !(await isOf(plan, row, session))) {
    throw new Complaint(`"${plan.id}" is another download, and not complete: choose another --id, or abort that one.`);
  }
  const [first] = await session.store.reader.records(row.uid, 0, 1);
  if (plan.integrity !== undefined && first?.integrity !== plan.integrity) {
    throw new Complaint(`"${plan.id}" was begun without this --checksum: let it end without, or abort it first.`);
  }
  await session.resume(row);
}

async function begin(session: Session, plan: GetPlan, row: RegistrationRow | null, options: GetOptions): Promise<void> {
  const { engine, reader } = session.store;
  const { id, headers } = plan;
  const force = options.force ?? false;
  const files = await neededFiles(plan, row, reader, force);
  if (files.length === 0) {
    await assertChecksum(plan);
    return tellComplete(session, plan);
  }
  await ensureFolders(files.map(({ destination }) => destination));
  const requests = files.map(({ url }) => (headers.length === 0 ? url : requestOf(url, headers)));
  const start = { id, records: { count: files.length, settled: 0, succeeded: 0 } };
  await session.begin(start, () =>
    engine.backgroundFetch.fetch(id, requests, {
      title: options.title,
      downloadTotal: options.total,
      destinations: files.map(({ destination }) => destination),
      replace: force,
      integrity: plan.integrity,
    }),
  );
}

/** @throws Complaint if the file that an earlier run saved is not the one that is asked for now. */
async function assertChecksum({ files: [file], integrity }: GetPlan): Promise<void> {
  if (file === undefined || integrity === undefined || (await hasChecksum(file.destination, integrity))) return;
  throw new Complaint(`${file.destination} exists, and has another checksum: use --force to replace it.`, 1);
}

function tellComplete({ show }: Session, { id, files }: GetPlan): void {
  const count = files.length;
  show({
    type: "result",
    id,
    result: "success",
    failureReason: null,
    downloaded: 0,
    records: { count, succeeded: count },
  });
}

function requestOf(url: string, headers: GetPlan["headers"]): Request {
  return new Request(url, { headers: headers.map(([name, value]): [string, string] => [name, value]) });
}

/** Whether everything that the download is to bring is what is asked for now. */
async function isOf({ files }: GetPlan, { uid, records }: RegistrationRow, { store }: Session): Promise<boolean> {
  const key = ({ url, destination }: { readonly url: string; readonly destination: string | null }): string =>
    `${url} ${destination}`;
  const wanted = new Set(files.map((file: PlannedFile) => key(file)));
  for (let from = 0; from < records; from += pageSize) {
    const page = await store.reader.records(uid, from, pageSize);
    if (page.some((row) => !wanted.has(key(row)))) return false;
  }
  return true;
}

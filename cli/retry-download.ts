import type { RegistrationRow } from "../core/index.ts";
import type { Session } from "./session.ts";

const pageSize = 1_000;

/** Begin the rest of a failed download again, with everything it had: its bytes, header fields and destinations. */
export async function retryDownload({ store, begin }: Session, row: RegistrationRow): Promise<void> {
  const { id, uid, title, downloadTotal } = row;
  const requests: Request[] = [];
  const destinations: (string | null)[] = [];
  let replace = false;
  for (let from = 0; from < row.records; from += pageSize) {
    for (const record of await store.reader.records(uid, from, pageSize)) {
      if (record.state === "success") continue;
      const headers = record.headers.map(([name, value]): [string, string] => [name, value]);
      requests.push(
        new Request(record.url, { headers, integrity: record.integrity, ...record.settings } as RequestInit),
      );
      destinations.push(record.destination);
      replace ||= record.replace;
    }
  }
  await begin({ id, records: { count: requests.length, settled: 0, succeeded: 0 } }, () =>
    store.engine.backgroundFetch.fetch(id, requests, { title, downloadTotal, destinations, replace }),
  );
}

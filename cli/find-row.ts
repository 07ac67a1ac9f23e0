import type { StoreReader } from "../adapters/node/index.ts";
import type { RegistrationRow } from "../core/index.ts";
import { Complaint } from "./complaint.ts";

/** The latest download of this id, or `null`: an id is free again once its download has ended. */
export async function findRow(reader: StoreReader, id: string): Promise<RegistrationRow | null> {
  let latest: RegistrationRow | null = null;
  for await (const row of reader.registrations()) if (row.id === id) latest = row;
  return latest;
}

/** @throws Complaint if there is none. */
export async function expectRow(reader: StoreReader, id: string): Promise<RegistrationRow> {
  const row = await findRow(reader, id);
  if (row === null) throw unknownId(id);
  return row;
}

export function unknownId(id: string): Complaint {
  return new Complaint(`There is no download "${id.replace(/\p{Cc}/gu, "")}" in this store: "longhaul ls" lists them.`);
}

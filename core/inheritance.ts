import { isWhole, type RecordRow } from "../models/record-row.ts";
import type { RegistrationRow } from "../models/registration-row.ts";
import { isResumable } from "../models/representation.ts";
import type { EngineServices } from "./engine-services.ts";
import type { RequestDraft } from "./intake.ts";

const pageSize = 1_000;

/** What a failed registration stored, for the next one of its id. */
export interface Inheritance {
  /** What was stored for the same request: nobody else can have it then. */
  take(draft: RequestDraft): Pick<RecordRow, "generation" | "response" | "kept"> | undefined;
  /** The rows that nobody took. */
  rest(): readonly RecordRow[];
}

export async function inheritanceOf(
  { journal }: EngineServices,
  predecessor: RegistrationRow | null,
): Promise<Inheritance> {
  const rest = new Set<RecordRow>();
  const byUrl = new Map<string, RecordRow[]>();
  for (let from = 0; predecessor !== null && from < predecessor.records; from += pageSize) {
    for (const row of await journal.records(predecessor.uid, from, pageSize)) {
      rest.add(row);
      if (row.method !== "GET" || row.generation === null || row.movedOut) continue;
      const rows = byUrl.get(row.url);
      if (rows === undefined) byUrl.set(row.url, [row]);
      else rows.push(row);
    }
  }
  return {
    take(draft) {
      if (draft.method !== "GET") return undefined;
      const row = byUrl.get(draft.url)?.find((stored) => rest.has(stored) && mayServe(stored, draft));
      if (row === undefined) return undefined;
      rest.delete(row);
      return { generation: row.generation, response: row.response, kept: row.kept };
    },
    rest: () => [...rest],
  };
}

/**
 * The same URL may have another body for another user, or in another language: the header fields have to be the same,
 * unless the server will be asked, under a strong validator, whether the bytes stored are those of this request.
 */
function mayServe({ generation, headers }: RecordRow, draft: RequestDraft): boolean {
  if (generation === null) return false;
  if (JSON.stringify(headers) === JSON.stringify(draft.headers)) return true;
  return !isWhole(generation) && isResumable(generation.representation);
}

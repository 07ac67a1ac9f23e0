import type { CommitOptions, JournalChange } from "../../core/ports/index.ts";
import { assertJournalKey } from "./journal-key.ts";

/** A commit as it was when it was asked for: values are JSON text, so that nobody can change them any more. */
export interface PreparedCommit {
  readonly changes: readonly PreparedChange[];
  readonly fence: number;
}

export type PreparedChange =
  | { readonly type: "put"; readonly key: string; readonly text: string }
  | { readonly type: "delete"; readonly key: string }
  | { readonly type: "delete-all"; readonly prefix: string };

/** @throws TypeError for a key, a value or a fence that no journal can keep. */
export function prepareCommit(changes: readonly JournalChange[], { fence }: CommitOptions): PreparedCommit {
  if (!Number.isSafeInteger(fence) || fence < 0) throw new TypeError(`A fence is a whole number, not ${fence}`);
  return { changes: changes.map(prepareChange), fence };
}

function prepareChange(change: JournalChange): PreparedChange {
  if (change.type === "delete-all") return change;
  assertJournalKey(change.key);
  if (change.type === "delete") return change;
  const text = JSON.stringify(change.value) as string | undefined;
  if (text === undefined) throw new TypeError(`The value of ${change.key} is not JSON`);
  return { type: "put", key: change.key, text };
}

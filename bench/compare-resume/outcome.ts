/** How a download ended, seen by somebody who trusts the exit code. */
export type Outcome = "right" | "silent" | "error" | "hung";

export const letters: Readonly<Record<Outcome, string>> = { right: "✓", silent: "✗", error: "e", hung: "h" };

/** How a contender fared in one scenario. */
export interface Result {
  readonly outcome: Outcome;
  /** What was wrong, or the last that it said. */
  readonly words: string;
  /** Bytes of bodies that the server sent for it. */
  readonly sent: number;
}

/** Whether nothing better can be had: the bytes where they can be had, and an error that is told where they cannot. */
export function isIdeal(outcome: Outcome, right: Buffer | null): boolean {
  return outcome === (right === null ? "error" : "right");
}

/** Judge what lies in the file of a download that was reported as done. */
export function judge(bytes: Buffer | null, right: Buffer | null): Pick<Result, "outcome" | "words"> {
  if (bytes === null) return { outcome: "silent", words: "success, and there is no file" };
  if (right === null) return { outcome: "silent", words: `success, with ${bytes.length} bytes of what cannot be had` };
  if (bytes.equals(right)) return { outcome: "right", words: "" };
  const lengths = bytes.length === right.length ? "" : `, ${bytes.length} bytes instead of ${right.length}`;
  return { outcome: "silent", words: `success, and wrong ${differenceOf(bytes, right)}${lengths}` };
}

/** From where to where two bodies differ, as far as both go. */
function differenceOf(a: Buffer, b: Buffer): string {
  const first = a.findIndex((byte, index) => byte !== b[index]);
  const last = a.findLastIndex((byte, index) => byte !== b[index]);
  return first < 0 ? "in its length alone" : `from byte ${first} to byte ${last}`;
}

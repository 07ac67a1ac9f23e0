import { registrationWords } from "../registration-words.ts";
import { formatDuration } from "./format-duration.ts";
import { howFar } from "./record-words.ts";
import type { Transfer } from "./transfer-model.ts";

/** All of one download in a line, without its id: `2 of 3 files  18.4 MiB of 40.0 MiB  46%  5.1 MiB/s  ETA 5 s`. */
export function totalLine(transfer: Transfer, now: number): string {
  const { settled, count, downloaded, state } = transfer;
  const files = count === 1 ? [] : [`${settled} of ${count} files`];
  const far = howFar(downloaded, transfer.total(), transfer.rate.rate(now));
  const eta = far !== "" && transfer.total() === null && state === "transferring" ? etaByCount(transfer, now) : [];
  const words = state === "transferring" && far !== "" ? [] : [registrationWords(state)];
  return [...files, ...(far === "" ? [] : [far]), ...eta, ...words].join("  ");
}

/** Of many small files nobody knows the bytes to come, but how many come in a second. */
function etaByCount({ settled, count, settledRate }: Transfer, now: number): readonly string[] {
  const rate = settledRate.rate(now);
  return rate === null || rate === 0 ? [] : [`ETA ${formatDuration(((count - settled) / rate) * 1_000)}`];
}

/** `[=====>    ]`, or nothing where there is no room for it. */
export function bar(part: number, whole: number | null, width: number): string {
  const inner = width - 2;
  if (whole === null || whole === 0 || inner < 5) return "";
  const filled = Math.min(inner, Math.floor((part / whole) * inner));
  return `[${"=".repeat(filled)}${filled < inner ? ">" : ""}${" ".repeat(Math.max(0, inner - filled - 1))}]`;
}

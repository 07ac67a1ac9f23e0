import type { LonghaulError } from "../core/index.ts";
import { Complaint } from "./complaint.ts";
import { isLonghaulError } from "./light.ts";

/** What to say about whatever was thrown. Only what nobody foresaw mentions a stack, and none is ever shown unasked. */
export function complaintOf(error: unknown, store: string | null): Complaint {
  if (error instanceof Complaint) return error;
  if (isLonghaulError(error)) return new Complaint(sentenceOf(error, store ?? "the store"), 1, { cause: error });
  const { name, message, code } = detailsOf(error);
  const what = code === undefined ? `${name}: ${message}` : `${message} (${code})`;
  const sentence = `Something unexpected happened: ${what}. Run it again with LONGHAUL_DEBUG=1 to see where.`;
  return new Complaint(sentence, 1, { cause: error });
}

function sentenceOf({ code, message }: LonghaulError, store: string): string {
  switch (code) {
    case "LONGHAUL_LOCK_HELD":
      return `${sentence(message)} Wait for it, or give this one a store of its own with --store DIR.`;
    case "LONGHAUL_LOCK_LOST":
      return "Another process took the store over. Run the same command again once it has ended.";
    case "LONGHAUL_BODY_DENIED":
    case "LONGHAUL_JOURNAL_DENIED":
      return `The store ${store} cannot be written: ${sentence(message)} Change that, or choose another with --store DIR.`;
    case "LONGHAUL_BODY_FULL":
    case "LONGHAUL_JOURNAL_FULL":
      return `The disk that holds the store ${store} is full. Free some space, then run the same command again.`;
    case "LONGHAUL_JOURNAL_CORRUPT":
      return `The store ${store} is damaged: ${sentence(message)} Move it away, or choose another with --store DIR.`;
    case "LONGHAUL_JOURNAL_NEWER":
      return `The store ${store} was written by a newer longhaul: install that one, or choose another with --store DIR.`;
    default:
      return `${sentence(message)} (${code})`;
  }
}

/** Text with a full stop at its end. */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function detailsOf(error: unknown): { readonly name: string; readonly message: string; readonly code?: string } {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined
    ? { name: error.name, message: error.message }
    : { name: error.name, message: error.message, code };
}

import type { ExchangeFailure } from "../core/index.ts";
import { sentence } from "./complaint-of.ts";

type Code = ExchangeFailure["code"];

/** A few words for each code; where the status says more, it stands there itself. */
const words: { readonly [code in Code]: string } = {
  "accepted-only": "not there yet (202)",
  "captive-portal": "a login page came instead",
  "decompression-bomb": "unpacks without end",
  "destination-exists": "a file is in the way",
  "empty-answer": "empty answer",
  fault: "internal fault",
  forbidden: "not a public address",
  "headers-unavailable": "no header fields to send",
  incomplete: "less than promised",
  insecure: "certificate not trusted",
  "download-total-exceeded": "more than --total",
  "integrity-mismatch": "wrong checksum",
  interrupted: "connection lost",
  "invalid-length": "senseless length",
  malformed: "answer not understood",
  "not-modified": "unasked 304",
  "redirect-refused": "redirect refused",
  refused: "connection refused",
  "sent-before": "may have been sent before",
  status: "refused by the server",
  "store-denied": "may not write",
  "store-failed": "writing failed",
  "store-full": "disk full",
  timeout: "timed out",
  "too-many-redirects": "too many redirects",
  "unsolicited-part": "unasked part",
  "unsupported-coding": "unknown coding",
  unreachable: "host not reachable",
};

const advice: { readonly [code in Code]?: string } = {
  forbidden: "With --network any it may be connected to.",
  "destination-exists": "Use --force to replace it.",
  "captive-portal": "Log in to the network, then run the same command again.",
  "integrity-mismatch": "What was received was thrown away.",
  insecure: "If the authority behind the certificate is your own, name it with NODE_EXTRA_CA_CERTS=FILE.",
  "store-denied": "Change that, then run the same command again.",
  "store-full": "Free some space, then run the same command again.",
};

/** For a line of progress: `503`, `connection lost`. */
export function failureWords({ code, status }: Pick<ExchangeFailure, "code" | "status">): string {
  return code === "status" && status !== null ? String(status) : words[code];
}

/** Where the engine's words are not those of the command line. */
const ownWords: { readonly [code in Code]?: string } = {
  "download-total-exceeded": "More bytes came than --total allows.",
  "store-full": "The disk is full.",
};

/** For the end: what happened, and what to do where that is known. */
export function failureSentence({ code, status, detail }: ExchangeFailure): string {
  const told = ownWords[code] ?? sentence(detail);
  const more = status === 401 || status === 403 ? "If it wants credentials, give them with --header." : advice[code];
  return more === undefined ? told : `${told} ${more}`;
}

import { crc32 } from "node:zlib";
import type { JournalValue } from "../../core/ports/index.ts";

/** The CRC-32 of the bytes from `start` up to, not including, `end`. It tells damage, not forgery. */
export interface Proof {
  readonly start: number;
  readonly end: number;
  readonly digest: number;
}

/** Where a line stands in its file. */
export interface Placed {
  readonly at: number;
  readonly length: number;
}

export interface SidecarLines {
  readonly proofs: readonly (Proof & Placed)[];
  readonly notes: readonly (Placed & { readonly value: JournalValue })[];
}

const newline = 10;

/**
 * A line of the sidecar of the body `bodyId`, which proves itself: torn, damaged, or of another body's sidecar it is as
 * good as not there.
 */
export function proofLine(bodyId: string, { start, end, digest }: Proof): string {
  return checked(bodyId, `crc32 ${start} ${end} ${hex(digest)}`);
}

export function noteLine(bodyId: string, value: JournalValue): string {
  return checked(bodyId, `note ${JSON.stringify(value)}`);
}

/** Every line of `bytes` that proves itself. What stands between them is skipped. */
export function parseSidecar(bodyId: string, bytes: Buffer): SidecarLines {
  const proofs: (Proof & Placed)[] = [];
  const notes: (Placed & { readonly value: JournalValue })[] = [];
  for (let at = 0; at < bytes.byteLength; ) {
    const found = bytes.indexOf(newline, at);
    const end = found === -1 ? bytes.byteLength : found;
    const text = provenText(bodyId, bytes.subarray(at, end));
    const place = { at, length: end - at };
    if (text?.startsWith("note ")) notes.push({ ...place, value: JSON.parse(text.slice(5)) as JournalValue });
    else if (text !== null) proofs.push({ ...place, ...proofOf(text) });
    at = end + 1;
  }
  return { proofs, notes };
}

function proofOf(text: string): Proof {
  const [, start, end, digest] = text.split(" ");
  return { start: Number(start), end: Number(end), digest: Number.parseInt(digest ?? "", 16) };
}

function provenText(bodyId: string, line: Buffer): string | null {
  // A space and eight digits of check come last.
  const length = line.byteLength - 9;
  if (length <= 0) return null;
  const check = crc32(line.subarray(0, length), crc32(`${bodyId} `));
  return line.toString("latin1", length) === ` ${hex(check)}` ? line.toString("utf8", 0, length) : null;
}

const checked = (bodyId: string, text: string): string => `${text} ${hex(crc32(text, crc32(`${bodyId} `)))}`;

const hex = (value: number): string => value.toString(16).padStart(8, "0");

import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import type { PlannedFile } from "./plan.ts";
import type { Answered } from "./server-news.ts";

export interface ServedFile extends PlannedFile {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** Cuts that have not happened yet. */
  readonly cutsLeft: number[];
  refusalsLeft: number;
  /** When it was last refused, by `performance.now()`; `null` if nobody is expected back. */
  refusedAt: number | null;
}

const stepMs = 25;

/** Send what was asked for of a file, slowly, and reset the connection where the plan says so. */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: ServedFile,
  onSent: (bytes: number) => void,
): Promise<Answered> {
  const from = rangeStart(request, file);
  const size = file.bytes.byteLength;
  response.writeHead(from === 0 ? 200 : 206, {
    "content-type": "application/octet-stream",
    "content-length": size - from,
    "accept-ranges": "bytes",
    etag: etagOf(file),
    ...(from === 0 ? {} : { "content-range": `bytes ${from}-${size - 1}/${size}` }),
  });
  const step = Math.ceil((file.bytesPerSecond * stepMs) / 1000);
  const started = performance.now();
  for (let at = from; at < size; ) {
    const cut = file.cutsLeft.find((position) => position >= at && position < at + step);
    const end = cut ?? Math.min(at + step, size);
    if (!(await write(response, file.bytes.subarray(at, end)))) return { from, sent: at - from, ended: "gone" };
    onSent(end - at);
    at = end;
    if (cut !== undefined) {
      file.cutsLeft.splice(file.cutsLeft.indexOf(cut), 1);
      response.socket?.resetAndDestroy();
      return { from, sent: at - from, ended: "cut" };
    }
    const due = started + ((at - from) / file.bytesPerSecond) * 1000;
    await setTimeout(Math.max(0, due - performance.now()));
  }
  response.end();
  return { from, sent: size - from, ended: "whole" };
}

const etagOf = ({ sha256 }: ServedFile): string => `"${sha256.slice(0, 16)}"`;

/** Where the asked range begins; 0 without one, or if the file is not the one that `If-Range` means. */
function rangeStart({ headers }: IncomingMessage, file: ServedFile): number {
  const ifRange = headers["if-range"];
  if (ifRange !== undefined && ifRange !== etagOf(file)) return 0;
  const start = Number(headers.range?.match(/^bytes=(\d+)-/)?.[1] ?? 0);
  return start < file.bytes.byteLength ? start : 0;
}

/** Resolves with whether the connection took it. */
function write(response: ServerResponse, bytes: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    if (response.destroyed) {
      resolve(false);
      return;
    }
    const gone = (): void => resolve(false);
    response.once("close", gone);
    response.write(bytes, (error) => {
      response.off("close", gone);
      resolve(error == null);
    });
  });
}

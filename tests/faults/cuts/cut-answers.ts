import type { FaultRequest } from "../fault-request.ts";
import type { Answer } from "../fault-server.ts";
import { chunk, type Fields, faithful, head, served } from "../http/answers.ts";

export type CutFraming = "length" | "chunked" | "close";
export type CutEnd = "fin" | "rst";

/** What every answer of the cuts is about: 4 KiB under a strong ETag. */
export const cutFile = served(11, 4_096, { etag: '"cut"' });

/** A whole answer, byte for byte; chunked, it has nine chunks, so that many cuts fall into and beside their sizes. */
export function rawAnswer(framing: CutFraming): Buffer {
  const { body, fields } = cutFile;
  const framed: Fields = {
    length: { "content-length": body.length },
    chunked: { "transfer-encoding": "chunked" },
    close: { connection: "close" },
  }[framing];
  const pieces: Uint8Array[] = [Buffer.from(head(200, { ...fields, ...framed }))];
  if (framing === "chunked") {
    for (let start = 0; start < body.length; start += 500) pieces.push(chunk(body.subarray(start, start + 500)));
    pieces.push(Buffer.from("0\r\n\r\n"));
  } else pieces.push(body);
  return Buffer.concat(pieces);
}

/**
 * The answer to `/<position>`: the first is cut after so many of its bytes, whatever they are, and all that follow are
 * faithful.
 */
export function cutAnswer(framing: CutFraming, end: CutEnd): Answer {
  const raw = rawAnswer(framing);
  const whole = faithful(cutFile);
  return async (wire, request) => {
    if (request.nth > 0) return whole(wire, request);
    await wire.write(raw.subarray(0, positionOf(request)));
    if (end === "fin") wire.end();
    else wire.reset();
  };
}

export function positionOf({ path }: Pick<FaultRequest, "path">): number {
  return Number(path.slice(1));
}

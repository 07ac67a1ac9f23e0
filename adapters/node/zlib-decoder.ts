import type { Transform } from "node:stream";
import { type Decoder, notCoded } from "../memory/decoded-body.ts";

/** A stream of node:zlib, with how much of what was written it has taken. */
export type ZlibStream = Transform & { readonly bytesWritten: number };

/**
 * A stream of node:zlib that is written to only when it is out of input.
 *
 * Node ends without a word where bytes follow the coding's end. `goesOn` tells that they may be one more of the same.
 */
export function createZlibDecoder(coding: string, open: () => ZlibStream, goesOn = false): Decoder {
  let wake = (): void => {};
  const notify = (): void => wake();
  let error: unknown = null;
  let busy = false;
  let finished = false;
  let written: Uint8Array = new Uint8Array();
  /** How much of the stream's input came before `written`. */
  let before = 0;

  const fail = (fault: Error): void => {
    error ??= notCoded(coding, fault.message, fault);
    notify();
  };
  const watched = (): ZlibStream => {
    const fresh = open();
    fresh.on("readable", notify).on("end", notify);
    fresh.on("error", fail);
    return fresh;
  };
  let stream = watched();

  const write = (coded: Uint8Array): void => {
    if (coded.byteLength === 0) return;
    before += written.byteLength;
    written = coded;
    busy = true;
    stream.write(coded, (fault) => {
      busy = false;
      // Told here before it is an event: until then it would look like an end.
      if (fault) fail(fault);
      else notify();
    });
  };
  /** The stream takes no more, and has not taken all. */
  const goOn = (): void => {
    const rest = written.subarray(stream.bytesWritten - before);
    if (!goesOn) throw notCoded(coding, "bytes follow its end");
    stream.destroy();
    stream = watched();
    [before, written] = [0, new Uint8Array()];
    write(rest);
  };

  return {
    async read() {
      for (;;) {
        if (error !== null) throw error;
        const out = stream.read() as Uint8Array | null;
        if (out !== null) return out;
        if (!busy && stream.bytesWritten < before + written.byteLength) {
          goOn();
          continue;
        }
        if (stream.readableEnded) return "ended";
        if (!busy && !finished) return "hungry";
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    write,
    finish() {
      finished = true;
      stream.end();
    },
    later: () => null,
    stop: () => void stream.destroy(),
  };
}

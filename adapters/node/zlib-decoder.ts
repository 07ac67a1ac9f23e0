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

  const watched = (): ZlibStream => {
    const fresh = open();
    fresh.on("readable", notify).on("end", notify);
    fresh.on("error", (fault) => {
      error = notCoded(coding, fault.message, fault);
      notify();
    });
    return fresh;
  };
  let stream = watched();

  const write = (coded: Uint8Array): void => {
    if (coded.byteLength === 0) return;
    before += written.byteLength;
    written = coded;
    busy = true;
    const taker = stream;
    taker.write(coded, () => {
      // One that has gone on to the next stream is told, too, of what the last one left.
      if (taker !== stream) return;
      busy = false;
      notify();
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
    if (finished) stream.end();
  };

  return {
    async read() {
      for (;;) {
        if (error !== null) throw error;
        const out = stream.read() as Uint8Array | null;
        if (out !== null) return out;
        const stopped = stream.readableEnded;
        if ((stopped || !busy) && stream.bytesWritten < before + written.byteLength) {
          goOn();
          continue;
        }
        if (stopped) return "ended";
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

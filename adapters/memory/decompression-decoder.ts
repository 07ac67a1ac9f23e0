import { type Decoder, notCoded } from "./decoded-body.ts";

/** Deflate codes at most 1,032 bytes in one, and a runtime may undo a whole write at once: this bounds it to 4 MiB. */
const sliceSize = 4 * 1024;

/** A `DecompressionStream` of the web, given little at a time and only when it has room. */
export function createDecompressionDecoder(coding: string, format: CompressionFormat): Decoder {
  const stream = new DecompressionStream(format);
  const reader = stream.readable.getReader();
  const writer = stream.writable.getWriter();
  // What breaks the one side is told by the other.
  reader.closed.catch(() => {});
  writer.closed.catch(() => {});
  let rest: Uint8Array = new Uint8Array();
  let finished = false;
  let writing: Promise<"written"> | null = null;
  let reading: Promise<ReadableStreamReadResult<Uint8Array>> | null = null;

  const feed = (): void => {
    if (writing !== null || rest.byteLength === 0) return;
    const slice = rest.slice(0, sliceSize);
    rest = rest.subarray(sliceSize);
    writing = writer.write(slice).then(
      () => "written",
      () => "written",
    );
  };

  const read = (): Promise<ReadableStreamReadResult<Uint8Array>> => {
    const result = reader.read();
    // Whoever waits for input instead hears of it at the next call.
    result.catch(() => {});
    return result;
  };

  const readResult = async (): Promise<Uint8Array | "hungry" | "ended"> => {
    for (;;) {
      feed();
      reading ??= read();
      if (writing === null && !finished) {
        // Whoever is about to be told to give more may have made something come out already.
        const settled = await Promise.race([reading, Promise.resolve(null)]);
        if (settled === null) return "hungry";
      }
      const news: ReadableStreamReadResult<Uint8Array> | "written" = await Promise.race(
        writing === null ? [reading] : [reading, writing],
      );
      if (news === "written") {
        writing = null;
        continue;
      }
      reading = null;
      if (!news.done) return news.value;
      if (!finished) throw new TypeError("bytes follow its end");
      return "ended";
    }
  };

  return {
    async read() {
      try {
        return await readResult();
      } catch (error) {
        throw notCoded(coding, "it ends early, goes on after its end, or is corrupt", error);
      }
    },
    write(coded) {
      rest = coded;
    },
    finish() {
      finished = true;
      writer.close().catch(() => {});
    },
    later: () =>
      reading?.then(
        () => {},
        () => {},
      ) ?? null,
    stop() {
      reader.cancel().catch(() => {});
      writer.abort().catch(() => {});
    },
  };
}

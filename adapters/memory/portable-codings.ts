import type { AbortOptions, Codings, CodingsCapabilities } from "../../core/ports/index.ts";
import { type Decoder, decodedBody } from "./decoded-body.ts";
import { createDecompressionDecoder } from "./decompression-decoder.ts";
import { createDeflateDecoder } from "./deflate-decoder.ts";

const decoders: Readonly<Record<string, () => Decoder>> = {
  gzip: () => createDecompressionDecoder("gzip", "gzip"),
  deflate: () =>
    createDeflateDecoder((form) => createDecompressionDecoder("deflate", form === "raw" ? "deflate-raw" : "deflate")),
};

/**
 * The codings of the web's `DecompressionStream`, for any runtime that has it.
 *
 * Brotli and zstd are left out also where a runtime's stream knows them: nobody says how large a window it takes.
 */
export class PortableCodings implements Codings {
  readonly name = "DecompressionStream";
  readonly supports: CodingsCapabilities = {
    codings: [...(knows("gzip") ? ["gzip"] : []), ...(knows("deflate", "deflate-raw") ? ["deflate"] : [])],
    // The stream must refuse whatever follows the first (Compression Standard, "decompress flush and enqueue").
    members: false,
  };

  decode(
    coding: string,
    coded: AsyncIterable<readonly Uint8Array[]>,
    options?: AbortOptions,
  ): AsyncIterable<readonly Uint8Array[]> {
    const name = coding === "x-gzip" ? "gzip" : coding;
    const create = this.supports.codings.includes(name) ? decoders[name] : undefined;
    if (create === undefined) throw new TypeError(`Cannot undo the content coding ${coding}`);
    return decodedBody(coded, create(), options?.signal);
  }
}

function knows(...formats: readonly CompressionFormat[]): boolean {
  try {
    for (const format of formats) new DecompressionStream(format);
    return true;
  } catch {
    return false;
  }
}

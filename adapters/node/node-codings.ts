import * as zlib from "node:zlib";
import type { AbortOptions, Codings, CodingsCapabilities } from "../../core/ports/index.ts";
import { type Decoder, decodedBody } from "../memory/decoded-body.ts";
import { createDeflateDecoder } from "../memory/deflate-decoder.ts";
import { createZlibDecoder } from "./zlib-decoder.ts";

/** How much comes out at a time: larger ones hold more, smaller ones cost more turns of the thread pool. */
const chunkSize = 128 * 1024;

/** 8 MiB, the most that RFC 9659 lets a server use. */
const zstdWindowLog = 23;

const decoders: Readonly<Record<string, () => Decoder>> = {
  gzip: () => createZlibDecoder("gzip", () => zlib.createGunzip({ chunkSize })),
  deflate: () =>
    createDeflateDecoder((form) =>
      createZlibDecoder("deflate", () =>
        form === "raw" ? zlib.createInflateRaw({ chunkSize }) : zlib.createInflate({ chunkSize }),
      ),
    ),
  // Without its flag for large windows, brotli has none above 16 MiB.
  br: () => createZlibDecoder("br", () => zlib.createBrotliDecompress({ chunkSize })),
  zstd: () =>
    createZlibDecoder(
      "zstd",
      () => zlib.createZstdDecompress({ chunkSize, params: { [zlib.constants.ZSTD_d_windowLogMax]: zstdWindowLog } }),
      true,
    ),
};

/** The codings that every browser knows, undone by node:zlib outside of the main thread. */
export class NodeCodings implements Codings {
  readonly name = "node:zlib";
  readonly supports: CodingsCapabilities = { codings: Object.keys(decoders), members: true };

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

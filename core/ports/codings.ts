import type { AbortOptions } from "./abort-options.ts";

/** What a {@link Codings} can undo. The contract suite tests exactly this. */
export interface CodingsCapabilities {
  /** Names as in Content-Encoding, in lower case. `gzip` covers `x-gzip`; `deflate` is both of its forms, as in a browser. */
  readonly codings: readonly string[];
  /** Undoes a gzip body of several members (RFC 1952 §2.2), which is refused elsewhere. */
  readonly members: boolean;
}

/**
 * Undoes content codings while the bytes come: a body that is coded although nobody asked for it.
 *
 * `decode` must throw a `TypeError` for a coding that `supports` does not name. What it gives must be pulled: an
 * implementation must hold at most a few MiB that nobody has pulled, must give at least one chunk an item, none of them
 * empty, and must pull no item of `coded` before it is out of what it had. It must throw a `TransportError` of kind
 * `malformed` for corrupt data, a wrong checksum, an end of `coded` before the coding's own, and bytes after that; must
 * let an error of `coded` pass unchanged; and must refuse, as malformed, a window larger than the coding's own
 * specification lets a server use: 8 MiB for zstd (RFC 9659), 16 MiB for br (RFC 7932). It must reject with the signal's
 * reason once `signal` is aborted, also while `coded` gives nothing. A reader that stops early (`return()`), an abort and
 * an error must each stop `coded`, also when nothing was pulled yet.
 */
export interface Codings {
  readonly name: string;
  readonly supports: CodingsCapabilities;
  decode(
    coding: string,
    coded: AsyncIterable<readonly Uint8Array[]>,
    options?: AbortOptions,
  ): AsyncIterable<readonly Uint8Array[]>;
}

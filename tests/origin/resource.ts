import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { bytesOf, chunksOf } from "./body.ts";
import { createFaultQueue, type Fault, type FaultQueue } from "./fault.ts";

/** A body given as bytes, or as the seed from which its bytes follow. */
export type BodySpec = Uint8Array | { readonly size: number; readonly seed: number };

export interface ResourceOptions {
  readonly body: BodySpec;
  /** Whole field value, quotes and all; `null` for none. @default a strong one made from the body */
  readonly etag?: string | null;
  /** An HTTP date. @default none */
  readonly lastModified?: string;
  readonly contentType?: string;
  /** Answer range requests. @default true */
  readonly ranges?: boolean;
  /** How the end of the body is told. @default "length" */
  readonly framing?: "length" | "chunked" | "close";
  /** Send the body coded, whatever `Accept-Encoding` says. */
  readonly coding?: "gzip";
  /** For each connection. @default as fast as it goes */
  readonly bytesPerSecond?: number;
  /** Further fields, or other values for those above. */
  readonly headers?: { readonly [name: string]: string };
  readonly faults?: readonly Fault[];
}

/** The representation that a resource has at one moment, with everything that its answers need. */
export interface Representation extends Omit<ResourceOptions, "body" | "faults" | "etag"> {
  readonly etag: string | null;
  readonly size: number;
  chunks(start: number, end: number): Iterable<Uint8Array>;
}

/** One path of the origin, whose contents and faults may be changed at any time. */
export interface Resource {
  readonly path: string;
  readonly url: string;
  readonly faults: FaultQueue;
  readonly representation: Representation;
  /** Serve something else from the next request on; what is not named stays as it is, a default ETag does not. */
  change(options: Partial<Omit<ResourceOptions, "faults">>): void;
}

export function createResource(path: string, url: string, given: ResourceOptions): Resource {
  let options = given;
  let representation = representationOf(given);
  return {
    path,
    url,
    faults: createFaultQueue(given.faults ?? []),
    get representation() {
      return representation;
    },
    change(changes) {
      options = { ...options, ...changes };
      representation = representationOf(options);
    },
  };
}

function representationOf({ body, etag, faults: _, ...rest }: ResourceOptions): Representation {
  const spec =
    rest.coding === "gzip" ? gzipSync(body instanceof Uint8Array ? body : bytesOf(body.seed, 0, body.size)) : body;
  if (spec instanceof Uint8Array) {
    return {
      ...rest,
      etag: etag === undefined ? `"${createHash("sha256").update(spec).digest("hex").slice(0, 16)}"` : etag,
      size: spec.byteLength,
      chunks: (start, end) => [spec.subarray(start, end)],
    };
  }
  return {
    ...rest,
    etag: etag === undefined ? `"seed-${spec.seed}-${spec.size}"` : etag,
    size: spec.size,
    chunks: (start, end) => chunksOf(spec.seed, start, end),
  };
}

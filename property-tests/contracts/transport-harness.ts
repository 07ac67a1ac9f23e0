import type { Transport, TransportCapabilities, TransportRequest } from "../../core/ports/index.ts";

/**
 * Where a transport meets its contract.
 *
 * `origin` is a server that answers these paths; byte `i` of every body of N bytes is `i % 251`:
 *
 * | path | answers |
 * | --- | --- |
 * | `/bytes/N`, `/bytes/N/ID` | 200, N bytes with Content-Length and a strong ETag; 206 for one range |
 * | `/chunked/N` | 200, N bytes in chunked coding |
 * | `/close/N` | 200, N bytes that end with the connection |
 * | `/gzip/N` | 200, `Content-Encoding: gzip`, whatever the request accepts |
 * | `/cut/N` | 200, promises 2N bytes, sends N, closes the connection |
 * | `/cut-chunked/N` | 200, chunked, sends N bytes, closes the connection without the last chunk |
 * | `/stall/N` | 200, promises 2N bytes, sends N, then nothing |
 * | `/silent/` | nothing, and keeps the connection |
 * | `/drop/ID` | reads the request, then closes the connection without an answer |
 * | `/count/ID` | how many requests came for `/drop/ID`, in decimal digits |
 * | `/sent/ID` | how many body bytes of `/bytes/N/ID` the server's system took, in decimal digits |
 * | `/not-http/` | a line that is not HTTP, then closes |
 * | `/status/N` | status N with a short body, where N may have one |
 * | `/redirect/` | 302 to `/bytes/10` |
 * | `/echo/` | JSON `{ method, headers: [[name, value], …], body }`, the body as a string of bytes |
 */
export interface TransportHarness {
  readonly name: string;
  readonly supports: TransportCapabilities;
  /** Where the runtime does not say why it failed, `kind` is a guess, and is not tested. */
  readonly tellsKinds: boolean;
  /** Where the runtime decodes what nobody asked it to decode, the adapter's documentation must say so. */
  readonly decodesCodings: boolean;
  /** A new transport, and an origin without a slash at its end. `nowhere` is an origin where nobody listens. */
  open(): Promise<{ readonly transport: Transport; readonly origin: string; readonly nowhere: string }>;
}

/** A request for `url`, as the engine would send it, but for `changes`. */
export function requestOf(url: string, changes: Partial<TransportRequest> = {}): TransportRequest {
  return { url, method: "GET", headers: [["accept-encoding", "identity"]], body: null, ...changes };
}

/** All the bytes of a body, in one piece. */
export async function bytesOfBody(body: AsyncIterable<readonly Uint8Array[]>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const pulled of body) chunks.push(...pulled);
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

/** Whether `bytes` is what the origin's bodies have from byte `start` on. */
export function isPattern(bytes: Uint8Array, start = 0): boolean {
  return bytes.every((byte, index) => byte === (start + index) % 251);
}

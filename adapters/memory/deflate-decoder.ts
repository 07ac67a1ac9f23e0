import type { Decoder } from "./decoded-body.ts";

/** With the header and the checksum of zlib (RFC 1950), as specified, or without, as some servers send it. */
export type DeflateForm = "zlib" | "raw";

/** Undo `deflate` in whichever form its first two bytes say, as browsers do. */
export function createDeflateDecoder(open: (form: DeflateForm) => Decoder): Decoder {
  let inner: Decoder | null = null;
  let first: number | null = null;
  return {
    read: () => inner?.read() ?? Promise.resolve("hungry"),
    write(coded) {
      if (inner !== null) {
        inner.write(coded);
        return;
      }
      const [one = -1, two = -1] = first === null ? coded : [first, ...coded.subarray(0, 1)];
      if (two < 0) {
        if (one >= 0) first = one;
        return;
      }
      inner = open(formOf(one, two));
      inner.write(first === null ? coded : Uint8Array.of(first, ...coded));
    },
    finish() {
      // One byte is whole in neither form.
      inner ??= open("zlib");
      inner.finish();
    },
    later: () => inner?.later() ?? null,
    stop: () => inner?.stop(),
  };
}

/** No encoder begins raw deflate like this: its first block would be stored, with bits set that mean nothing. */
function formOf(first: number, second: number): DeflateForm {
  return (first & 0x8f) === 0x08 && ((first << 8) | second) % 31 === 0 ? "zlib" : "raw";
}

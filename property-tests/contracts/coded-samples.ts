/** What each sample is of. */
export const plain: Uint8Array = new TextEncoder().encode("to and fro, to and fro, to and fro");

/** One form of one coding, with `plain` in it. */
export interface CodedSample {
  readonly coding: string;
  readonly form: string;
  readonly coded: Uint8Array;
}

export const codedSamples: readonly CodedSample[] = [
  {
    coding: "gzip",
    form: "gzip",
    coded: bytesOf("1f8b08000000000000032bc95748cc4b51482bcad75128c1ca060053db70e722000000"),
  },
  { coding: "deflate", form: "deflate", coded: bytesOf("789c2bc95748cc4b51482bcad75128c1ca0600c78f0b70") },
  { coding: "deflate", form: "raw deflate", coded: bytesOf("2bc95748cc4b51482bcad75128c1ca0600") },
  {
    coding: "br",
    form: "br, with a window of 16 MiB",
    coded: bytesOf("1f2100f81d89712cc5369484873acccc8d4e83b090bdad37b9202a161043e307"),
  },
  {
    coding: "zstd",
    form: "zstd",
    coded: bytesOf("28b52ffd242295000060746f20616e642066726f2c200100574a12c7dfd1a6"),
  },
  { coding: "zstd", form: "zstd, with a window of 8 MiB", coded: zstdWithWindow(0x68) },
];

/** Well coded, but with a window that no server may ask for: 32 MiB and 9 MiB. */
export const wideSamples: readonly CodedSample[] = [
  {
    coding: "br",
    form: "large-window br",
    coded: bytesOf("11598400e07724c6b114db50121eea3033373a0dc242f6b6dee482a85880181a3f"),
  },
  { coding: "zstd", form: "wide zstd", coded: zstdWithWindow(0x69) },
];

/**
 * The start of a raw deflate that never ends, and each further 13 bytes of which are 2,064 zeros: one block of the fixed
 * code, with a zero and then the longest match at the least distance, over and over.
 */
export function zerosInDeflate(times: number): Uint8Array {
  const bits = `01000110000${"1100010100000".repeat(8 * times)}`;
  const bytes = new Uint8Array(Math.floor(bits.length / 8));
  for (let at = 0; at < bytes.length * 8; at += 1) {
    if (bits[at] === "1") bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (1 << (at & 7));
  }
  return bytes;
}

/** A block of raw deflate that is not the last and holds 32 KiB as they are. */
export function storedInDeflate(): Uint8Array {
  const block = new Uint8Array(5 + 0x8000);
  block.set([0, 0x00, 0x80, 0xff, 0x7f]);
  return block;
}

/** One frame of one block that holds `plain` as it is. The window is as in RFC 8878 §3.1.1.1.2. */
function zstdWithWindow(descriptor: number): Uint8Array {
  const block = 1 | (plain.byteLength << 3);
  return Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, descriptor, block & 0xff, block >> 8, 0, ...plain);
}

function bytesOf(hexadecimal: string): Uint8Array {
  const pairs = hexadecimal.match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

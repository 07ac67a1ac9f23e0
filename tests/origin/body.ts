import { createHash } from "node:crypto";

const tileSize = 1024 * 1024;
/** Odd, so that a rotation by it comes back to the start only after 2^20 blocks. */
const step = 7919;

const tiles = new Map<number, Buffer>();

/**
 * Bytes `start` up to `end` of the endless body of `seed`, in views that cost no copy.
 *
 * A body is one tile of chance repeated, turned by a different angle in each block: a MiB that is missing, doubled or
 * in another's place never looks right. None of it is kept, so a body may be larger than memory.
 */
export function* chunksOf(seed: number, start: number, end: number): Generator<Buffer, void> {
  const tile = tileOf(seed);
  for (let position = start; position < end; ) {
    const block = Math.floor(position / tileSize);
    const within = position - block * tileSize;
    const length = Math.min(tileSize - within, end - position);
    const from = ((block * step) % tileSize) + within;
    yield tile.subarray(from, from + length);
    position += length;
  }
}

/** The same bytes in one piece. */
export function bytesOf(seed: number, start: number, end: number): Buffer {
  return Buffer.concat([...chunksOf(seed, start, end)]);
}

/** The SHA-256, in hexadecimal, of the first `size` bytes of the body of `seed`. */
export function sha256Of(seed: number, size: number): string {
  const hash = createHash("sha256");
  for (const chunk of chunksOf(seed, 0, size)) hash.update(chunk);
  return hash.digest("hex");
}

/** Two turns of the tile, so that every rotation of it is one view. */
function tileOf(seed: number): Buffer {
  const known = tiles.get(seed);
  if (known !== undefined) return known;
  const words = new Uint32Array(tileSize / 4);
  let state = (seed * 0x9e3779b1 + 0x6d2b79f5) >>> 0 || 1;
  for (let index = 0; index < words.length; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state >>> 0;
  }
  const once = Buffer.from(words.buffer);
  const tile = Buffer.concat([once, once]);
  tiles.set(seed, tile);
  return tile;
}

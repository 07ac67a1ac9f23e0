export const storeId = "0123456789abcdef0123456789abcdef";

/** The bytes that the body must have from `start` to `end`: no two stretches of 64 KiB are alike. */
export function storeBytes(start: number, end: number): Uint8Array {
  const bytes = new Uint8Array(end - start);
  // A loop: `from` with a mapper takes ten times as long, and the test would spend its time here.
  for (let position = start; position < end; position += 1) {
    bytes[position - start] = position + (position >>> 8) + (position >>> 16) * 3;
  }
  return bytes;
}

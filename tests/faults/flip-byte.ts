import { open } from "node:fs/promises";

/** Change every bit of one byte of a file, as a disk that rots might change one. */
export async function flipByte(path: string, offset: number): Promise<void> {
  await using file = await open(path, "r+");
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, offset);
  await file.write(Uint8Array.of(byte.readUInt8() ^ 0xff), 0, 1, offset);
}

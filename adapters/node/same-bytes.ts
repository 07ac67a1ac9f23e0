import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";

const pieceSize = 1024 * 1024;

/** Whether two files hold the same bytes. If they do, those of `other` are durable once it resolves. */
export async function isSameDurably(path: string, other: string): Promise<boolean> {
  await using one = await open(path, "r");
  // For writing, which nothing does: Windows syncs no other.
  await using two = await open(other, "r+");
  const [mine, theirs] = [Buffer.alloc(pieceSize), Buffer.alloc(pieceSize)];
  for (let position = 0; ; ) {
    const [count, otherCount] = await Promise.all([fill(one, mine, position), fill(two, theirs, position)]);
    if (count !== otherCount || !mine.subarray(0, count).equals(theirs.subarray(0, count))) return false;
    if (count < pieceSize) break;
    position += count;
  }
  await two.datasync();
  return true;
}

/** Read until the buffer is full or the file ends. */
async function fill(file: FileHandle, buffer: Buffer, position: number): Promise<number> {
  let filled = 0;
  while (filled < buffer.byteLength) {
    const { bytesRead } = await file.read(buffer, filled, buffer.byteLength - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

import { createHash } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chunksOf } from "../tests/origin/body.ts";

/** What a subject is to download, and what must be there afterwards. */
export interface Job {
  readonly name: "one" | "many";
  readonly title: string;
  readonly count: number;
  /** Bytes of each file. */
  readonly size: number;
  /** Below the server's root; a name that ends in digits padded to `digits` when there are many. */
  nameOf(index: number): string;
  readonly digits: number;
  /** Of each file, in hexadecimal. */
  readonly sha256: readonly string[];
}

export const parallel = 16;

export const bytesOf = ({ count, size }: Job): number => count * size;

/** Make the file of the first job below `root`. */
export async function oneFile(root: string, size: number): Promise<Job> {
  await mkdir(root, { recursive: true });
  const hash = createHash("sha256");
  const file = createWriteStream(join(root, "one.bin"));
  for (const chunk of chunksOf(1, 0, size)) {
    hash.update(chunk);
    if (!file.write(chunk)) await once(file, "drain");
  }
  file.end();
  await once(file, "close");
  const title = `one file of ${binary(size)}`;
  return { name: "one", title, count: 1, size, digits: 0, nameOf: () => "one.bin", sha256: [hash.digest("hex")] };
}

/** Make the files of the second job below `root`, no two alike. */
export async function manyFiles(root: string, count: number, size: number): Promise<Job> {
  await mkdir(join(root, "many"), { recursive: true });
  const digits = String(count - 1).length;
  const nameOf = (index: number): string => `many/${String(index).padStart(digits, "0")}.bin`;
  const sha256: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const bytes = Buffer.concat([...chunksOf(2, index * size, (index + 1) * size)]);
    sha256.push(createHash("sha256").update(bytes).digest("hex"));
    await writeFile(join(root, nameOf(index)), bytes);
  }
  return { name: "many", title: `${count} files of ${binary(size)}`, count, size, digits, nameOf, sha256 };
}

/** A count of bytes for people: the largest unit that leaves no fraction. */
function binary(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB"];
  let value = bytes;
  let unit = 0;
  while (unit < units.length - 1 && value >= 1024 && value % 1024 === 0) {
    value /= 1024;
    unit += 1;
  }
  return `${value} ${units[unit]}`;
}

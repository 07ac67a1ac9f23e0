import { type Served, served } from "./answers.ts";

const size = 400_000;

/** How many bytes a first answer brings before it is cut, where nothing else is said. */
export const half = 150_000;

/** A file with a strong ETag, and what it becomes when somebody changes it. */
export const v1: Served = served(1, size, { etag: '"one"' });
export const v2: Served = served(2, size, { etag: '"two"' });

/** The changed file under the old file's ETag, as a broken origin or a farm of mirrors has it. */
export const forged: Served = { body: v2.body, fields: v1.fields };

/** A file that nothing identifies. */
export const unnamed: Served = served(3, size);

/** Like `v1` but for the one byte at `at`, under the same ETag. */
export function patched(at: number): Served {
  const body = Buffer.from(v1.body);
  body.writeUInt8(body.readUInt8(at) ^ 0xff, at);
  return { body, fields: v1.fields };
}

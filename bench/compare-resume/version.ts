import { bytesOf } from "../../tests/origin/body.ts";

/** One state of the file on the server. */
export interface Version {
  readonly bytes: Buffer;
  readonly etag: string | null;
  readonly modified: string | null;
}

export const KiB = 1024;
/** Bytes of the file, unless a scenario says otherwise. */
export const fileSize = 1024 * KiB;
/** How many of them come before the connection breaks for the first time. */
export const firstCut = 300 * KiB;

/** What the file was when the download began. */
export const before: Version = {
  bytes: bytesOf(1, 0, fileSize),
  etag: '"first"',
  modified: "Mon, 02 Nov 2026 10:00:00 GMT",
};

/** What it is after somebody has replaced it: every byte another, the length the same. */
export const after: Version = {
  bytes: bytesOf(2, 0, fileSize),
  etag: '"second"',
  modified: "Tue, 03 Nov 2026 10:00:00 GMT",
};

/** The fields by which a version can be told. */
export function identityOf({ etag, modified }: Version): Readonly<Record<string, string>> {
  return {
    "content-type": "application/octet-stream",
    "accept-ranges": "bytes",
    ...(etag === null ? {} : { etag }),
    ...(modified === null ? {} : { "last-modified": modified }),
  };
}

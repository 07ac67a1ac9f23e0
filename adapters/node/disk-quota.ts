import { statfs } from "node:fs/promises";
import type { Quota, QuotaEstimate } from "../../core/ports/index.ts";

/** The free space of the file system that a folder is on, as far as this user may use it. */
export class DiskQuota implements Quota {
  readonly name = "disk";
  readonly #directory: string;

  constructor({ directory }: { readonly directory: string }) {
    this.#directory = directory;
  }

  async estimate(): Promise<QuotaEstimate> {
    const { bavail, bsize } = await statfs(this.#directory);
    return { available: bavail * bsize };
  }
}

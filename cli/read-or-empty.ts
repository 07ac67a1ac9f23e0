import { existsSync } from "node:fs";
import { readStore, type StoreReader } from "./light.ts";

/** Open the store for looking; `null` if there is none yet, which is no fault. @throws LonghaulError */
export async function readOrEmpty(directory: string): Promise<StoreReader | null> {
  if (!existsSync(directory)) return null;
  try {
    return await readStore({ directory });
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (error as NodeJS.ErrnoException).code === "ENOENT" || isMissing(error.cause);
}

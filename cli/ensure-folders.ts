import { constants } from "node:fs";
import { access, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { Complaint } from "./complaint.ts";

/**
 * Make the folders that these files go to, where they are not there.
 *
 * @throws Complaint if one cannot be made or written to: better now than after an hour's download.
 */
export async function ensureFolders(paths: readonly string[]): Promise<void> {
  for (const folder of new Set(paths.map((path) => dirname(path)))) {
    try {
      await mkdir(folder, { recursive: true });
      await access(folder, constants.W_OK | constants.X_OK);
    } catch (error) {
      throw new Complaint(sentenceOf(folder, (error as NodeJS.ErrnoException).code), 1, { cause: error });
    }
  }
}

function sentenceOf(folder: string, code: string | undefined): string {
  switch (code) {
    case "EACCES":
    case "EPERM":
      return `You may not write to ${folder}: choose another folder with --directory, or change its permissions.`;
    case "EROFS":
      return `${folder} is on a disk that can only be read: choose another folder with --directory.`;
    case "ENOTDIR":
    case "EEXIST":
      return `${folder} is no folder, or lies in something that is none: choose another with --directory.`;
    case "ENOSPC":
      return `The disk of ${folder} is full: free some space, or choose another folder with --directory.`;
    default:
      return `${folder} cannot be written to (${code}): choose another folder with --directory.`;
  }
}

import { constants } from "node:fs";
import { access, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { Complaint } from "./complaint.ts";

/**
 * Make a folder where it is not there.
 *
 * @param option what to name in the sentence: the option that chose the folder.
 * @throws Complaint if it cannot be made or written to.
 */
export async function ensureFolder(folder: string, option: "--directory" | "--store", mode = 0o777): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode });
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Complaint(sentenceOf(folder, option, (error as NodeJS.ErrnoException).code), 1, { cause: error });
  }
}

/** The folders that these files go to. Better a complaint now than after an hour's download. @throws Complaint */
export async function ensureFolders(paths: readonly string[]): Promise<void> {
  for (const folder of new Set(paths.map((path) => dirname(path)))) await ensureFolder(folder, "--directory");
}

function sentenceOf(folder: string, option: string, code: string | undefined): string {
  switch (code) {
    case "EACCES":
    case "EPERM":
      return `You may not write to ${folder}: choose another with ${option}, or change its permissions.`;
    case "EROFS":
      return `${folder} is on a disk that can only be read: choose another with ${option}.`;
    case "ENOTDIR":
    case "EEXIST":
      return `${folder} is no folder, or lies in something that is none: choose another with ${option}.`;
    case "ENOSPC":
      return `The disk of ${folder} is full: free some space, or choose another folder with ${option}.`;
    default:
      return `${folder} cannot be written to (${code}): choose another folder with ${option}.`;
  }
}

import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { Complaint } from "./complaint.ts";

/**
 * Read URLs from a file, or from the standard input for `-`: one a line, blank lines and `#` comments left out.
 *
 * @throws Complaint if the file cannot be read.
 */
export async function urlList(path: string): Promise<readonly string[]> {
  const urls: string[] = [];
  const input = path === "-" ? process.stdin : createReadStream(path);
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      const text = line.replace(/^\ufeff/, "").trim();
      if (text !== "" && !text.startsWith("#")) urls.push(text);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Complaint(`The list of URLs ${path} cannot be read (${code}): check --input.`, 2, { cause: error });
  }
  return urls;
}

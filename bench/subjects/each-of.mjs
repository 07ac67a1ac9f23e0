import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";

const parallel = 16;

/** Download every address of the list named in the arguments, so many at once, each to its own name in the folder. */
export async function eachOf(download) {
  const [list, output] = process.argv.slice(2);
  const urls = (await readFile(list, "utf8")).trim().split("\n").values();
  const work = async () => {
    for (const url of urls) await download(url, join(output, basename(url)));
  };
  await Promise.all(Array.from({ length: parallel }, work));
}

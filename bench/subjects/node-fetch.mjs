import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { eachOf } from "./each-of.mjs";

await eachOf(async (url, path) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  await pipeline(response.body, createWriteStream(path));
});

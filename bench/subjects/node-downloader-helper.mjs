import { basename, dirname } from "node:path";
import { DownloaderHelper } from "node-downloader-helper";
import { eachOf } from "./each-of.mjs";

await eachOf(
  (url, path) =>
    new Promise((resolve, reject) => {
      const helper = new DownloaderHelper(url, dirname(path), { fileName: basename(path) });
      helper.on("end", resolve);
      helper.on("error", reject);
      helper.start().catch(reject);
    }),
);

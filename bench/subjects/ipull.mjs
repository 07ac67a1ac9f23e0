import { downloadFile } from "ipull";
import { eachOf } from "./each-of.mjs";

await eachOf(async (url, path) => {
  const downloader = await downloadFile({ url, savePath: path, cliProgress: false });
  await downloader.download();
});

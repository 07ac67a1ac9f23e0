import { downloadFile } from "ipull";

const [url, savePath] = process.argv.slice(2);
const retry = { retries: 4, minTimeout: 50, maxTimeout: 400 };
const downloader = await downloadFile({
  url,
  savePath,
  cliProgress: false,
  parallelStreams: 1,
  retry,
  retryFetchDownloadInfo: retry,
});
await downloader.download();

import { basename, dirname } from "node:path";
import { DownloaderHelper } from "node-downloader-helper";

const [url, output] = process.argv.slice(2);
const helper = new DownloaderHelper(url, dirname(output), {
  fileName: basename(output),
  retry: { maxRetries: 4, delay: 50 },
  resumeIfFileExists: true,
  removeOnFail: false,
  removeOnStop: false,
  override: true,
});
helper.on("end", ({ incomplete }) => {
  if (incomplete) fail(new Error("incomplete"));
});
helper.on("error", fail);
helper.start().catch(fail);

function fail(error) {
  console.error(error.message);
  process.exitCode = 1;
}

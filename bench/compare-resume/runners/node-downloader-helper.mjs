import { basename, dirname } from "node:path";
import { DownloaderHelper } from "node-downloader-helper";

const [url, output] = process.argv.slice(2);
// Until it says that it is done: it may fall silent for ever, too.
process.exitCode = 1;
const helper = new DownloaderHelper(url, dirname(output), {
  fileName: basename(output),
  retry: { maxRetries: 4, delay: 50 },
  resumeIfFileExists: true,
  removeOnFail: false,
  removeOnStop: false,
  override: true,
});
helper.on("end", ({ incomplete }) => {
  if (incomplete) console.error("incomplete");
  else process.exitCode = 0;
});
helper.on("error", complain);
helper.start().catch(complain);

function complain(error) {
  console.error(error.message);
}

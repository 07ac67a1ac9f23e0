// A process to be killed: `node download-child.ts '{"directory","url","destination"}'`. Goes on with what it finds.
import { openEngine } from "../../adapters/node/index.ts";

export interface DownloadTask {
  readonly directory: string;
  readonly url: string;
  readonly destination: string;
}

const { directory, url, destination }: DownloadTask = JSON.parse(process.argv[2] ?? "{}");
const engine = await openEngine({ directory });
engine.addEventListener("backgroundfetchsuccess", () => void engine.close());
engine.addEventListener("backgroundfetchfail", (event) => {
  process.exitCode = 1;
  process.stderr.write(`${event.registration.failureReason}\n`);
  void engine.close();
});
engine.events.on("fault", ({ error, during }) => process.stderr.write(`${during}: ${String(error)}\n`));
if ((await engine.backgroundFetch.get("file")) === undefined) {
  await engine.backgroundFetch.fetch("file", url, { destinations: [destination] });
}

// Downloads with as few open files as the limit of its process allows: `node few-files-child.ts '{"directory","urls"}'`.
import { openEngine } from "../../adapters/node/index.ts";

const { directory, urls } = JSON.parse(process.argv[2] ?? "{}");
await using engine = await openEngine({
  directory,
  retry: { limit: 30, minDelayMs: 10, maxDelayMs: 100 },
  perOrigin: 40,
});
const over = Promise.withResolvers<void>();
let waiting = urls.length;
for (const type of ["backgroundfetchsuccess", "backgroundfetchfail"] as const) {
  engine.addEventListener(type, ({ registration }) => {
    process.stdout.write(`${registration.id} ${registration.result} ${registration.failureReason}\n`);
    waiting -= 1;
    if (waiting === 0) over.resolve();
  });
}
await Promise.all(urls.map((url: string, n: number) => engine.backgroundFetch.fetch(`f${n}`, url)));
await over.promise;

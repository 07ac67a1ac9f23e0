import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Fault } from "./fault.ts";
import type { LogEntry } from "./log.ts";
import { createOrigin, type OriginOptions } from "./origin.ts";
import type { Resource, ResourceOptions } from "./resource.ts";

/**
 * The origin as a process of its own, for tests that kill the client: `node tests/origin/main.ts '{…}'`.
 *
 * Prints `{"url": …}` as its first line, writes each request to `logFile` when it comes and again when it has ended
 * (same `id`), and obeys one JSON command a line on its standard input; each is answered with `{"done": …}`. It
 * ends with its standard input.
 */
export interface OriginConfig extends Pick<OriginOptions, "tls" | "port"> {
  readonly resources: { readonly [path: string]: ResourceOptions };
  readonly logFile?: string;
}

export type OriginCommand =
  | { readonly do: "offline" | "online" }
  | { readonly do: "fault"; readonly path: string; readonly fault: Fault }
  | { readonly do: "change"; readonly path: string; readonly to: Partial<ResourceOptions> };

const config: OriginConfig = JSON.parse(process.argv[2] ?? '{ "resources": {} }');
const file = config.logFile === undefined ? null : createWriteStream(config.logFile, { flags: "a" });
const write = (id: number, entry: LogEntry): void => void file?.write(`${JSON.stringify({ id, ...entry })}\n`);
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

let count = 0;
const origin = await createOrigin({
  ...config,
  onRequest(entry) {
    const id = count++;
    write(id, entry);
    void origin.until(() => entry.ended !== null).then(() => write(id, entry));
  },
});
const resources = new Map<string, Resource>();
for (const [path, options] of Object.entries(config.resources)) resources.set(path, origin.resource(path, options));
say({ url: origin.url });

for await (const line of createInterface({ input: process.stdin })) {
  const command: OriginCommand = JSON.parse(line);
  await obey(command);
  say({ done: command.do });
}
await origin.close();
file?.end();

async function obey(command: OriginCommand): Promise<void> {
  switch (command.do) {
    case "fault":
      return resources.get(command.path)?.faults.add(command.fault);
    case "change":
      return resources.get(command.path)?.change(command.to);
    default:
      return origin[command.do]();
  }
}

// The engine on nothing but web standards. Nothing survives this process; all the rest holds.
import { createServer } from "node:http";
import { createEngine } from "longhaul";
import { FetchTransport } from "longhaul/fetch";
import { memoryPorts } from "longhaul/memory";

const server = createServer((_request, response) => response.end("brought home"));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${(server.address() as { port: number }).port}/greeting`;

const engine = await createEngine({ ...memoryPorts(), transport: new FetchTransport() });
engine.addEventListener("backgroundfetchsuccess", (event) => {
  event.waitUntil(
    (async () => {
      const record = await event.registration.match(url);
      const response = await record?.responseReady;
      console.log(`${event.registration.id}: ${await response?.text()}`);
      server.close();
      queueMicrotask(() => engine.close());
    })(),
  );
});
await engine.backgroundFetch.fetch("greeting", [url]);

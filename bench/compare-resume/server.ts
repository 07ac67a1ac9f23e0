import { type AddressInfo, createServer, type Socket } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Answer, cutAfter, headOf, wireOf } from "./answer.ts";
import { conformant } from "./conformant.ts";
import { parseRequest, type Request, startOf } from "./request.ts";
import type { Scenario } from "./scenario.ts";
import { firstCut } from "./version.ts";

/** One scenario, played to one client. */
export interface ScenarioServer extends AsyncDisposable {
  /** Of the file. */
  readonly url: string;
  /** Bytes of bodies that were sent so far. */
  readonly sent: number;
}

/** Play `scenario` on a loopback port of its own, on raw sockets: no library would send some of these answers. */
export async function createScenarioServer(scenario: Scenario): Promise<ScenarioServer> {
  const sockets = new Set<Socket>();
  let broken = false;
  let nth = 0;
  let sent = 0;

  function answerTo(request: Request): Answer {
    if (broken) {
      nth += 1;
      return scenario.answer(request, nth);
    }
    const answer = conformant(request, scenario.begins);
    const cut = cutAfter(answer, Math.max(0, firstCut - startOf(request)));
    if (request.method !== "HEAD") broken = !cut.ends;
    return scenario.chunked ? { ...cut, length: null } : cut;
  }

  async function serve(socket: Socket, head: string): Promise<void> {
    const request = parseRequest(head);
    const answer = answerTo(request);
    await pipeline(Readable.from(bytesOf(answer, request.method === "HEAD")), socket);
  }

  function* bytesOf(answer: Answer, headOnly: boolean): Generator<Buffer, void> {
    yield Buffer.from(headOf(answer));
    if (headOnly) return;
    for (const piece of wireOf(answer)) {
      sent += piece.length;
      yield piece;
    }
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    // A client may leave whenever it likes.
    socket.on("error", () => undefined);
    let head = "";
    socket.on("data", function read(data: Buffer): void {
      head += data.toString("latin1");
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      socket.off("data", read);
      serve(socket, head.slice(0, end)).catch(() => socket.destroy());
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/file.bin`,
    get sent() {
      return sent;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

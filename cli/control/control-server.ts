import { chmod, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { complaintOf } from "../complaint-of.ts";
import { controlAddress } from "./control-address.ts";
import { type ControlAnswer, type ControlRequest, readMessage, writeMessage } from "./control-protocol.ts";

/**
 * Answer commands from other processes of the same user, until disposed.
 *
 * Call it only while holding the store's lock: a socket that is there already is then a dead process's, and is removed.
 */
export async function serveControl(
  store: string,
  answer: (request: ControlRequest) => Promise<ControlAnswer>,
): Promise<AsyncDisposable> {
  const address = controlAddress(store);
  const sockets = new Set<Socket>();
  const answering = new Set<Promise<unknown>>();
  const tracked = (request: ControlRequest): Promise<ControlAnswer> => {
    const work = answer(request).finally(() => answering.delete(work));
    answering.add(work);
    return work;
  };
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
    void respond(socket, store, tracked);
  });
  if (process.platform !== "win32") await rm(address, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(address, resolve);
  });
  if (process.platform !== "win32") await chmod(address, 0o600);
  return {
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => {
        server.close(resolve);
      });
      // What was asked is answered; who has asked nothing yet is sent away.
      await Promise.allSettled(answering);
      for (const socket of sockets) socket.destroySoon();
      await closed;
    },
  };
}

async function respond(
  socket: Socket,
  store: string,
  answer: (request: ControlRequest) => Promise<ControlAnswer>,
): Promise<void> {
  try {
    const request = (await readMessage(socket)) as ControlRequest | null;
    if (request === null) socket.end();
    else writeMessage(socket, await answer(request));
  } catch (error) {
    const { message, exitCode } = complaintOf(error, store);
    writeMessage(socket, { ok: false, error: message, exitCode });
  }
}

import { getEventListeners } from "node:events";
import { Agent } from "undici";
import { describe, expect, it } from "vitest";
import { bytesOfBody, requestOf } from "../../property-tests/contracts/transport-harness.ts";
import { bytesOf } from "../../tests/origin/body.ts";
import { endOfExchange } from "../../tests/origin/end-of-exchange.ts";
import { createOrigin } from "../../tests/origin/origin.ts";
import { createRawServer } from "../../tests/origin/raw-server.ts";
import { UndiciTransport } from "./undici-transport.ts";

const seed = 7;

describe("a body that ends before its time", () => {
  const framings = ["length", "chunked", "close"] as const;
  const ways = ["fin", "rst"] as const;
  for (const framing of framings) {
    for (const how of ways) {
      // B1, B3, B5. B4: only a close can end a body that has no length. Mutants: drop `wasReset`; drop `short`.
      const kind = framing === "close" && how === "fin" ? "whole" : "interrupted";
      it(`is ${kind}: ${framing}, ${how}`, async () => {
        await using origin = await createOrigin();
        await using transport = new UndiciTransport();
        const { url } = origin.resource("/file", {
          body: { size: 300_000, seed },
          framing,
          faults: [{ type: "cut", after: 200_000, how }],
        });

        expect(await endOfExchange(transport.send(requestOf(url)))).toBe(kind);
      });
    }
  }
});

describe("a dispatcher that was given", () => {
  // Mutant: drop `short`. undici counts for itself; what is composed around it may not.
  it("is not believed when it says that a short body is whole", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/file", { body: { size: 1000, seed } });
    const agent = new Agent();
    const lossy = agent.compose((dispatch) => (options, handler) => {
      const onResponseData = (): void => {};
      return dispatch(options, Object.assign(Object.create(handler), { onResponseData }));
    });
    await using transport = new UndiciTransport({ dispatcher: lossy });

    expect(await endOfExchange(transport.send(requestOf(url)))).toBe("interrupted");
    await agent.close();
  });

  it("stays open when the transport is disposed of", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/file", { body: { size: 1000, seed } });
    const agent = new Agent();
    await new UndiciTransport({ dispatcher: agent })[Symbol.asyncDispose]();
    await using transport = new UndiciTransport({ dispatcher: agent });

    expect(await endOfExchange(transport.send(requestOf(url)))).toBe("whole");
    await agent.close();
  });
});

describe("back-pressure", () => {
  // E2: undici 7.30 ends the process here.
  it("meets a FIN without harm, wherever the reader stands", async () => {
    await using origin = await createOrigin();
    await using transport = new UndiciTransport();
    for (const framing of ["length", "close"] as const) {
      for (let extra = 0; extra < 12; extra += 1) {
        const size = 1024 * 1024 + extra * 37_000;
        const headers = { connection: "close" };
        const { url } = origin.resource("/file", { body: { size, seed }, framing, headers });

        const { body } = await transport.send(requestOf(url));
        await origin.until(() => origin.log.at(-1)?.ended === "sent");
        const bytes = await bytesOfBody(body);

        expect(bytes.byteLength).toBe(size);
        expect(Buffer.from(bytes).equals(bytesOf(seed, 0, size))).toBe(true);
      }
    }
  });

  // E5
  it("gives the same body in one-byte writes", async () => {
    const body = bytesOf(seed, 0, 3000);
    const answer = Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: 3000\r\n\r\n`), body]);
    await using server = await createRawServer(async (socket) => {
      socket.setNoDelay(true);
      for (const byte of answer) {
        await new Promise((resolve) => socket.write(Uint8Array.of(byte), resolve));
      }
    });
    await using transport = new UndiciTransport();

    const response = await transport.send(requestOf(server.url));

    expect(Buffer.from(await bytesOfBody(response.body)).equals(body)).toBe(true);
  });
});

describe("an aborted exchange", () => {
  it("frees its connection in mid-body", async () => {
    await using origin = await createOrigin();
    await using transport = new UndiciTransport({ perOrigin: 1 });
    const { url } = origin.resource("/file", { body: { size: 1e9, seed } });
    const abort = new AbortController();

    const { body } = await transport.send(requestOf(url), { signal: abort.signal });
    await body[Symbol.asyncIterator]().next();
    abort.abort();
    await origin.until(() => origin.connections === 0);

    expect(origin.log.at(-1)?.ended).toBe("gone");
  });

  it("leaves no trace on the signal once it has ended", async () => {
    await using origin = await createOrigin();
    await using transport = new UndiciTransport();
    const { url } = origin.resource("/file", { body: { size: 1000, seed } });
    const { signal } = new AbortController();

    await bytesOfBody((await transport.send(requestOf(url), { signal })).body);

    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("gives up its place in the queue before it has a connection", async () => {
    await using origin = await createOrigin();
    await using transport = new UndiciTransport({ perOrigin: 1 });
    const { url } = origin.resource("/file", { body: { size: 1000, seed }, faults: [{ type: "stall", after: 10 }] });
    const first = await transport.send(requestOf(url));
    const abort = new AbortController();

    const queued = transport.send(requestOf(`${url}?queued`), { signal: abort.signal });
    abort.abort(new Error("changed my mind"));
    await expect(queued).rejects.toThrow("changed my mind");
    await first.body[Symbol.asyncIterator]().return?.();
    await bytesOfBody((await transport.send(requestOf(url))).body);

    expect(origin.log.map(({ path }) => path)).toEqual(["/file", "/file"]);
  });
});

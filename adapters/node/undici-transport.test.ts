import { getEventListeners } from "node:events";
import { Agent } from "undici";
import { describe, expect, it } from "vitest";
import { isTransportError, type TransportErrorKind, type TransportResponse } from "../../core/ports/index.ts";
import { bytesOfBody, requestOf } from "../../property-tests/contracts/transport-harness.ts";
import { bytesOf } from "../../tests/origin/body.ts";
import { createOrigin } from "../../tests/origin/origin.ts";
import { createPrivateCa } from "../../tests/origin/private-ca.ts";
import { createRawServer } from "../../tests/origin/raw-server.ts";
import { UndiciTransport } from "./undici-transport.ts";

const seed = 7;

/** The kind that an exchange ended with, wherever it ended. */
async function kindOf(sending: Promise<TransportResponse>): Promise<TransportErrorKind | "whole" | Error> {
  try {
    await bytesOfBody((await sending).body);
    return "whole";
  } catch (error) {
    return isTransportError(error) ? error.kind : (error as Error);
  }
}

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

        expect(await kindOf(transport.send(requestOf(url)))).toBe(kind);
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

    expect(await kindOf(transport.send(requestOf(url)))).toBe("interrupted");
    await agent.close();
  });

  it("stays open when the transport is disposed of", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/file", { body: { size: 1000, seed } });
    const agent = new Agent();
    await new UndiciTransport({ dispatcher: agent })[Symbol.asyncDispose]();
    await using transport = new UndiciTransport({ dispatcher: agent });

    expect(await kindOf(transport.send(requestOf(url)))).toBe("whole");
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

describe("an exchange that never comes to an answer", () => {
  it("is unreachable if the name of the host leads nowhere", async () => {
    await using transport = new UndiciTransport();
    // No resolver asks anybody about a label of 64 characters.
    const url = `http://${"a".repeat(64)}.test/`;

    expect(await kindOf(transport.send(requestOf(url)))).toBe("unreachable");
  });

  it("is insecure if nobody vouches for the host's certificate", async () => {
    await using origin = await createOrigin({ tls: await createPrivateCa() });
    await using transport = new UndiciTransport();

    expect(await kindOf(transport.send(requestOf(`${origin.url}/`)))).toBe("insecure");
  });

  it("is timed out if the headers never come", async () => {
    await using origin = await createOrigin();
    await using transport = new UndiciTransport({ headersTimeoutMs: 50 });
    const { url } = origin.resource("/file", { body: { size: 10, seed }, faults: [{ type: "silence" }] });

    expect(await kindOf(transport.send(requestOf(url)))).toBe("timeout");
  });

  it("is timed out if the body stalls", async () => {
    await using origin = await createOrigin();
    await using transport = new UndiciTransport({ idleTimeoutMs: 50 });
    const { url } = origin.resource("/file", { body: { size: 10, seed }, faults: [{ type: "stall", after: 5 }] });

    expect(await kindOf(transport.send(requestOf(url)))).toBe("timeout");
  });

  it("is interrupted if the transport is disposed of", async () => {
    await using origin = await createOrigin();
    const transport = new UndiciTransport();
    const { url } = origin.resource("/file", { body: { size: 10, seed }, faults: [{ type: "silence" }] });

    const sending = kindOf(transport.send(requestOf(url)));
    await origin.until(() => origin.log.length === 1);
    await transport[Symbol.asyncDispose]();

    expect(await sending).toBe("interrupted");
    expect(await kindOf(transport.send(requestOf(url)))).toBe("interrupted");
  });

  it("tells the host, and nothing that may be a secret", async () => {
    await using gone = await createOrigin();
    const { url } = gone;
    await gone.close();
    await using transport = new UndiciTransport();
    const headers = [["authorization", "Bearer hush"]] as const;

    const error = await transport
      .send(requestOf(`${url}/path?token=hush`, { headers }))
      .catch((thrown: Error) => thrown);

    expect((error as Error).message).toBe(`Connection refused by ${new URL(url).host} (ECONNREFUSED)`);
  });
});

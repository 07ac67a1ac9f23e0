import { describe, expect, it } from "vitest";
import { requestOf } from "../../property-tests/contracts/transport-harness.ts";
import { createOrigin } from "../../tests/origin/origin.ts";
import { createRawServer } from "../../tests/origin/raw-server.ts";
import { UndiciTransport } from "./undici-transport.ts";

describe("what HTTP cannot say", () => {
  for (const [what, name, value] of [
    ["a line break in a value", "x-note", "a\r\nx-evil: 1"],
    ["a zero in a value", "x-note", "a\0b"],
    ["a line break in a name", "x-a\r\nx-evil", "1"],
  ] as const) {
    it(`is a TypeError, and is not sent: ${what}`, async () => {
      await using origin = await createOrigin();
      await using transport = new UndiciTransport();

      await expect(transport.send(requestOf(origin.url, { headers: [[name, value]] }))).rejects.toThrow(TypeError);
      expect(origin.log).toEqual([]);
    });
  }

  it("is a TypeError: another scheme than http", async () => {
    await using transport = new UndiciTransport();

    await expect(transport.send(requestOf("ftp://127.0.0.1/"))).rejects.toThrow(TypeError);
  });

  it("is a TypeError: a body that is not as long as it says", async () => {
    await using origin = await createOrigin();
    origin.resource("/", { body: new Uint8Array(2) });
    await using transport = new UndiciTransport();
    for (const length of [3, 5]) {
      const body = { length, stream: () => onceOf(Uint8Array.of(1, 2, 3, 4)) };

      await expect(transport.send(requestOf(`${origin.url}/`, { method: "PUT", body }))).rejects.toThrow(TypeError);
    }
  });
});

describe("a request body", () => {
  it("rejects with what its own source threw", async () => {
    await using origin = await createOrigin();
    origin.resource("/", { body: new Uint8Array(2), faults: [{ type: "silence", times: "always" }] });
    await using transport = new UndiciTransport();
    const thrown = new Error("the disk is gone");
    const body = {
      length: 10,
      async *stream() {
        yield new Uint8Array(5);
        throw thrown;
      },
    };

    await expect(transport.send(requestOf(`${origin.url}/`, { method: "PUT", body }))).rejects.toBe(thrown);
  });

  it("is read no faster than the server takes it, and let go of on abort", async () => {
    await using server = await createRawServer(async (socket) => void socket.pause());
    await using transport = new UndiciTransport();
    const abort = new AbortController();
    let released = false;
    let pulled = 0;
    const body = {
      length: 1e9,
      async *stream() {
        try {
          for (; ; pulled += 1) yield new Uint8Array(1e6);
        } finally {
          released = true;
        }
      },
    };
    let uploaded = 0;
    const onUploadProgress = (bytes: number): void => {
      uploaded = bytes;
    };

    const sending = transport.send(requestOf(server.url, { method: "PUT", body, onUploadProgress }), abort);
    await server.stuck();
    expect(pulled * 1e6 - uploaded).toBeLessThan(4e6);
    expect(uploaded).toBeLessThan(1e8);
    abort.abort(new Error("enough"));
    await expect(sending).rejects.toThrow("enough");

    expect(released).toBe(true);
  });
});

async function* onceOf(chunk: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield chunk;
}

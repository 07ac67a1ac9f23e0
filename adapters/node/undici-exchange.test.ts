import { describe, expect, it } from "vitest";
import { bytesOfBody, requestOf } from "../../property-tests/contracts/transport-harness.ts";
import { createRawServer } from "../../tests/origin/raw-server.ts";
import { UndiciTransport } from "./undici-transport.ts";

const ok = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

describe("an answer", () => {
  it("is the final one: interim responses are passed over", async () => {
    await using server = await createRawServer(async (socket) => {
      socket.write("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n");
      socket.end(ok);
    });
    await using transport = new UndiciTransport();

    const response = await transport.send(requestOf(server.url));

    expect(response.status).toBe(200);
    expect(response.headers.has("link")).toBe(false);
    expect(new TextDecoder().decode(await bytesOfBody(response.body))).toBe("ok");
  });

  // B21
  it("is malformed after more interim responses than anybody needs", async () => {
    await using server = await createRawServer(async (socket) => {
      socket.write("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(40));
      socket.end(ok);
    });
    await using transport = new UndiciTransport();

    await expect(transport.send(requestOf(server.url))).rejects.toMatchObject({ kind: "malformed" });
  });

  for (const [what, head] of [
    ["two lengths that differ (B7)", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nok"],
    ["a negative length (B7)", "HTTP/1.1 200 OK\r\ncontent-length: -2\r\n\r\nok"],
    ["header fields above 64 KiB (B20)", `HTTP/1.1 200 OK\r\nx: ${"a".repeat(70_000)}\r\ncontent-length: 2\r\n\r\nok`],
    [
      "a change of protocol that nobody asked for (B23)",
      "HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
    ],
  ] as const) {
    it(`is malformed: ${what}`, async () => {
      await using server = await createRawServer(async (socket) => void socket.write(head));
      await using transport = new UndiciTransport();

      await expect(transport.send(requestOf(server.url))).rejects.toMatchObject({ kind: "malformed" });
    });
  }

  it("keeps each header field, byte for byte", async () => {
    const fields = "x-a: 1\r\nx-a: 2\r\n__proto__: p\r\nx-latin: \xe9\xff\r\n";
    await using server = await createRawServer(async (socket) => {
      socket.end(Buffer.from(`HTTP/1.1 200 Fine\r\n${fields}content-length: 0\r\n\r\n`, "latin1"));
    });
    await using transport = new UndiciTransport();

    const { headers, statusText } = await transport.send(requestOf(server.url));

    expect(statusText).toBe("Fine");
    expect(headers.get("x-a")).toBe("1, 2");
    expect(headers.get("__proto__")).toBe("p");
    expect(headers.get("x-latin")).toBe("\u00e9\u00ff");
  });
});

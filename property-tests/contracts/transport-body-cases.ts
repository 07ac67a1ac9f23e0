import { type ContractCase, check } from "./contract.ts";
import { bytesOfBody, isPattern, requestOf, type TransportHarness } from "./transport-harness.ts";

const MiB = 1024 * 1024;

async function numberAt(harness: Awaited<ReturnType<TransportHarness["open"]>>, path: string): Promise<number> {
  const { body } = await harness.transport.send(requestOf(harness.origin + path));
  return Number(new TextDecoder().decode(await bytesOfBody(body)));
}

/** How a body comes. */
export const transportBodyCases: readonly ContractCase<TransportHarness>[] = [
  ...["bytes", "chunked", "close"].map((framing) => ({
    title: `gives the bytes as they are on the wire after transfer coding: /${framing}/`,
    async run(harness: TransportHarness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      for (const length of [0, 1, 300_000]) {
        const bytes = await bytesOfBody((await transport.send(requestOf(`${origin}/${framing}/${length}`))).body);
        check(bytes.byteLength === length && isPattern(bytes), `all ${length} bytes come, and no others`);
      }
    },
  })),
  {
    title: "must say `delimited` only where it would throw when the connection ends before the message does",
    async run(harness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      const delimited = async (path: string): Promise<boolean> => {
        const response = await transport.send(requestOf(origin + path));
        await bytesOfBody(response.body);
        return response.delimited;
      };
      check(await delimited("/bytes/10"), "a length is an end");
      check(!(await delimited("/close/10")), "the end of the connection may be any end");
    },
  },
  {
    title: "gives every chunk that arrived since the last pull, at least one, none of them empty",
    async run(harness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      const { body } = await transport.send(requestOf(`${origin}/bytes/${4 * MiB}`));
      for await (const chunks of body) {
        check(chunks.length > 0, "a pull gives at least one chunk");
        check(
          chunks.every((chunk) => chunk.byteLength > 0),
          "no chunk is empty",
        );
      }
    },
  },
  ...[204, 304].map((status) => ({
    title: `gives an empty body with ${status}`,
    async run(harness: TransportHarness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      const response = await transport.send(requestOf(`${origin}/status/${status}`));
      check(response.status === status, "the status is the server's");
      check((await bytesOfBody(response.body)).byteLength === 0, "there is no body");
    },
  })),
  {
    title: "gives an empty body with the answer to HEAD, whatever length it tells",
    async run(harness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      const response = await transport.send(requestOf(`${origin}/bytes/1000`, { method: "HEAD" }));
      check(response.headers.get("content-length") === "1000", "the length is told");
      check((await bytesOfBody(response.body)).byteLength === 0, "there is no body");
    },
  },
  {
    title: "must not decode a content coding",
    skip: ({ decodesCodings }) => (decodesCodings ? "this runtime decodes by itself" : undefined),
    async run(harness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      const response = await transport.send(requestOf(`${origin}/gzip/10000`));
      const bytes = await bytesOfBody(response.body);
      check(response.headers.get("content-encoding") === "gzip", "the coding is told");
      check(bytes[0] === 0x1f && bytes[1] === 0x8b, "the bytes are gzip's");
      check(String(bytes.byteLength) === response.headers.get("content-length"), "there are as many as promised");
    },
  },
  {
    title: "must hold at most a few MiB that nobody has pulled",
    async run(harness) {
      const opened = await harness.open();
      await using transport = opened.transport;
      const id = `held-${harness.name.replaceAll(/\W/g, "-")}`;
      const before = await numberAt(opened, `/sent/${id}`);
      const { body } = await transport.send(requestOf(`${opened.origin}/bytes/${512 * MiB}/${id}`));
      const iterator = body[Symbol.asyncIterator]();
      await iterator.next();
      // Until the server has been unable to send for as long as fifty other exchanges take.
      let sent = -1;
      for (let still = 0; still < 50; ) {
        const now = (await numberAt(opened, `/sent/${id}`)) - before;
        still = now === sent ? still + 1 : 0;
        sent = now;
      }
      // The sockets of both systems hold some, too: up to 10 MiB on Linux.
      check(sent < 32 * MiB, `the server could send ${sent} bytes that nobody pulled`);
      await iterator.return?.();
    },
  },
  {
    title: "ends the exchange and frees its connection when a reader stops early",
    async run(harness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      // More than any transport has connections: if one is not freed, a later exchange never gets one.
      for (let round = 0; round < 20; round += 1) {
        const { body } = await transport.send(requestOf(`${origin}/bytes/${64 * MiB}`));
        const iterator = body[Symbol.asyncIterator]();
        if (round % 2 === 0) await iterator.next();
        await iterator.return?.();
        check((await iterator.next()).done === true, "nothing comes after the reader has stopped");
      }
    },
  },
];

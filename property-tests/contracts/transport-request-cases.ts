import { type ContractCase, check, rejection } from "./contract.ts";
import { bytesOfBody, isPattern, requestOf, type TransportHarness } from "./transport-harness.ts";

interface Echo {
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

async function echoOf(body: AsyncIterable<readonly Uint8Array[]>): Promise<Echo> {
  return JSON.parse(new TextDecoder().decode(await bytesOfBody(body)));
}

function bodyOf(...chunks: readonly Uint8Array[]): { length: number; stream(): AsyncIterable<Uint8Array> } {
  return {
    length: chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0),
    async *stream() {
      yield* chunks;
    },
  };
}

/** What goes out, and how often. */
export const transportRequestCases: readonly ContractCase<TransportHarness>[] = [
  {
    title: "sends one request and gives back one response",
    async run(harness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      const response = await transport.send(requestOf(`${origin}/bytes/1000`));
      check(response.status === 200, "the status is the server's");
      check(response.headers.get("content-length") === "1000", "the header fields are the server's");
      check(response.url === `${origin}/bytes/1000`, "the URL is the one that answered");
      const bytes = await bytesOfBody(response.body);
      check(bytes.byteLength === 1000 && isPattern(bytes), "the body is the server's");
    },
  },
  {
    title: "sends the Range, If-Range and Accept-Encoding headers exactly as given",
    skip: ({ supports }) => (supports.rangeHeaders ? undefined : "supports.rangeHeaders is false"),
    async run(harness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      const headers = [
        ["range", "bytes=17-"],
        ["if-range", '"1000"'],
        ["accept-encoding", "identity"],
      ] as const;
      const echo = await echoOf((await transport.send(requestOf(`${origin}/echo/`, { headers }))).body);
      for (const [name, value] of headers) {
        const sent = echo.headers.filter(([field]) => field.toLowerCase() === name).map(([, each]) => each);
        check(sent.length === 1 && sent[0] === value, `${name} is sent once, as given`);
      }
      const part = await transport.send(requestOf(`${origin}/bytes/1000`, { headers }));
      const bytes = await bytesOfBody(part.body);
      check(part.status === 206 && bytes.byteLength === 983 && isPattern(bytes, 17), "a part is what was asked for");
    },
  },
  {
    title: "gives a 3xx response back instead of following it",
    skip: ({ supports }) => (supports.manualRedirects ? undefined : "supports.manualRedirects is false"),
    async run(harness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      const response = await transport.send(requestOf(`${origin}/redirect/`));
      check(response.status === 302, "the redirect itself comes back");
      check(response.headers.get("location") === "/bytes/10", "and says where it leads");
      await bytesOfBody(response.body);
    },
  },
  {
    title: "gives another URL than the one asked for where it follows redirects itself",
    skip: ({ supports }) => (supports.manualRedirects ? "supports.manualRedirects is true" : undefined),
    async run(harness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      const response = await transport.send(requestOf(`${origin}/redirect/`));
      check(response.status === 200 && response.url === `${origin}/bytes/10`, "the URL is that of the last hop");
      await bytesOfBody(response.body);
    },
  },
  {
    title: "sends a request body whole, with its length",
    async run(harness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      const body = bodyOf(Uint8Array.of(0, 255, 10), new Uint8Array(100_000).fill(65));
      const response = await transport.send(requestOf(`${origin}/echo/`, { method: "PUT", body }));
      const echo = await echoOf(response.body);
      check(echo.method === "PUT", "the method is as given");
      check(echo.body === `\u0000\u00ff\n${"A".repeat(100_000)}`, "each byte arrives, in order");
      const lengths = echo.headers
        .filter(([name]) => name.toLowerCase() === "content-length")
        .map(([, value]) => value);
      check(lengths.length === 1 && lengths[0] === "100003", "Content-Length is sent once");
    },
  },
  {
    title: "calls onUploadProgress with the count of body bytes handed to the network so far, never falling",
    skip: ({ supports }) => (supports.uploadProgress ? undefined : "supports.uploadProgress is false"),
    async run(harness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      const chunk = new Uint8Array(64 * 1024);
      const body = bodyOf(...Array.from({ length: 16 }, () => chunk));
      const reports: number[] = [];
      const onUploadProgress = (uploaded: number): void => void reports.push(uploaded);
      const response = await transport.send(requestOf(`${origin}/echo/`, { method: "POST", body, onUploadProgress }));
      await bytesOfBody(response.body);
      check(reports.length > 1, "it is called on the way, not only at the end");
      check(
        reports.every((bytes, at) => bytes >= (reports[at - 1] ?? 0)),
        "it never falls",
      );
      check(reports.at(-1) === body.length, "it ends at the length of the body");
    },
  },
  ...["POST", "PUT", "GET"].map((method) => ({
    title: `must not retry: a ${method} whose connection closes is sent once`,
    async run(harness: TransportHarness) {
      const { transport, origin } = await harness.open();
      await using _ = transport;
      const id = `${method}-${harness.name.replaceAll(/\W/g, "-")}-${++attempts}`;
      // On a connection that was used before, a client is tempted to blame the connection and to try again.
      await bytesOfBody((await transport.send(requestOf(`${origin}/bytes/10`))).body);
      const body = method === "GET" ? null : bodyOf(Uint8Array.of(1, 2, 3));
      await rejection(() => transport.send(requestOf(`${origin}/drop/${id}`, { method, body })));
      const count = await bytesOfBody((await transport.send(requestOf(`${origin}/count/${id}`))).body);
      check(new TextDecoder().decode(count) === "1", "the server saw one request");
    },
  })),
];

/** Tells the requests of one case from those of the same case against the same origin, earlier. */
let attempts = 0;

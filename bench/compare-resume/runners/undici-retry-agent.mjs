import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { Agent, interceptors, RetryAgent, request } from "undici";

// Those that it has by itself, and the one that a body cut short by an orderly end of the connection comes with: without
// that one it never resumes such a body at all.
const errorCodes = [
  ...["ECONNRESET", "ECONNREFUSED", "ENOTFOUND", "ENETDOWN", "ENETUNREACH", "EHOSTDOWN", "EHOSTUNREACH", "EPIPE"],
  ...["UND_ERR_SOCKET", "UND_ERR_RES_CONTENT_LENGTH_MISMATCH"],
];

const [url, output] = process.argv.slice(2);
const retrying = new RetryAgent(new Agent().compose(interceptors.redirect({ maxRedirections: 5 })), {
  maxRetries: 4,
  minTimeout: 50,
  maxTimeout: 400,
  errorCodes,
});
const { statusCode, body } = await request(url, { dispatcher: retrying });
if (statusCode !== 200) throw new Error(`${statusCode}`);
await pipeline(body, createWriteStream(output));

import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { Agent, interceptors, RetryAgent, request } from "undici";

const [url, output] = process.argv.slice(2);
const retrying = new RetryAgent(new Agent().compose(interceptors.redirect({ maxRedirections: 5 })), {
  maxRetries: 4,
  minTimeout: 50,
  maxTimeout: 400,
});
const { statusCode, body } = await request(url, { dispatcher: retrying });
if (statusCode !== 200) throw new Error(`${statusCode}`);
await pipeline(body, createWriteStream(output));

import { createWriteStream } from "node:fs";
import { Agent } from "node:http";
import { pipeline } from "node:stream/promises";
import got from "got";
import { eachOf } from "./each-of.mjs";

const agent = { http: new Agent({ keepAlive: true }) };

await eachOf((url, path) => pipeline(got.stream(url, { agent }), createWriteStream(path)));

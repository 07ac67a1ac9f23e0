#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";

// Nothing may be imported before the check: an older Node would die of it with a stack trace instead of a sentence.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(`longhaul needs Node 22.19 or newer, and this is ${process.versions.node}: update Node.\n`);
  process.exitCode = 2;
} else {
  // Received buffers do not count as young memory. Once start-up has let the young generation grow, only full collections
  // free them, 55 per GiB; while it stays small they go with it. It halves the CPU time of a large download.
  setFlagsFromString("--semi-space-growth-factor=1");
  void import("./run.ts").then(({ run }) => run(process.argv.slice(2)));
}

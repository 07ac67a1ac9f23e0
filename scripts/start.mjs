// `npm start` alone shows the demo; with arguments it is the command line. Both run within this process, so that
// input, output, signals and the exit code are theirs without being passed on.
import { existsSync } from "node:fs";

const cli = new URL("../dist/cli.js", import.meta.url);
const demo = new URL("../examples/demo/main.ts", import.meta.url);

if (existsSync(cli)) {
  await import(process.argv.length > 2 ? cli.href : demo.href);
} else {
  console.error("longhaul is not built yet: run npm install, or npm run build.");
  process.exitCode = 2;
}

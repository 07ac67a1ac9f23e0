// What longhaul is for, in a quarter of a minute and without a network: `npm start`.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBoard, progressLine } from "./board.ts";
import { claimsOf, tableOf, verifyFiles } from "./conclusion.ts";
import { startDownloader } from "./downloader.ts";
import { newsLine } from "./news-line.ts";
import { plan, totalBytes } from "./plan.ts";
import { createScreen } from "./screen.ts";
import { startServer } from "./server.ts";
import { nothingYet, tallied } from "./tally.ts";

const started = performance.now();
const screen = createScreen(process.stdout);
const board = createBoard();
let tally = nothingYet;

const news = (line: string): void => {
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
  screen.say(`${seconds} s  ${line}`);
};

await using stack = new AsyncDisposableStack();
const home = await mkdtemp(join(tmpdir(), "longhaul-demo-"));
stack.defer(() => rm(home, { recursive: true, force: true }));
const server = stack.use(
  await startServer((told) => {
    tally = tallied(tally, told);
    const line = newsLine(told);
    if (line !== null) news(line);
  }),
);
const interrupted = (): void => void stack.disposeAsync().finally(() => process.exit(130));
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, interrupted);

const downloads = join(home, "downloads");
await mkdir(downloads);
const urls = server.files.map(({ name }) => `${server.url}/${name}`);
const args = ["--store", join(home, "store"), "--directory", downloads, ...urls];

screen.say("longhaul, on a bad day: a server on this machine cuts connections, goes away and pleads overload.\n");
screen.say(`$ longhaul get ${urls.join(" ")}\n`);

let lastPrinted = 0;
function show(): void {
  screen.draw(["", ...board.lines()]);
  if (process.stdout.isTTY || performance.now() - lastPrinted < 1_000) return;
  lastPrinted = performance.now();
  news(progressLine(board));
}

const first = startDownloader(args, (event) => {
  board.take(event);
  show();
  if (!tally.killed && board.stored() >= totalBytes * plan.killAt) {
    tally = { ...tally, killed: true };
    first.kill();
  }
});
stack.defer(() => first.kill());
const firstEnd = await first.ended;
tally = { ...tally, killed: tally.killed && firstEnd === "SIGKILL" };
board.die();
show();
news(`kill -9: our downloader is dead, without a word; ${progressLine(board).trim()}`);
screen.say("\n$ longhaul get …   (the same command again)\n");

const second = startDownloader(args, (event) => {
  board.take(event);
  show();
});
stack.defer(() => second.kill());
const secondEnd = await second.ended;
await server.settleAccounts();
screen.keep();

const verdicts = await verifyFiles(downloads, server.files);
const claims = claimsOf(tally);
screen.say(["", ...tableOf(verdicts), "", "It survived:"].join("\n"));
for (const { text, happened } of claims) screen.say(`  ${happened ? "-" : "NOT AS PLANNED:"} ${text}`);
const right = secondEnd === 0 && verdicts.every((verdict) => verdict.right) && claims.every(({ happened }) => happened);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
screen.say(
  right
    ? `\nEvery byte is right, after ${seconds} s. Now yours: npm start -- get https://…`
    : `\nThis did not go as it should; longhaul ended with ${secondEnd}.`,
);
process.exitCode = right ? 0 : 1;

// A process of its own: it must outlive the downloader that the demo kills, and be hostile to it from outside.
import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { plan } from "./plan.ts";
import { type ServedFile, sendFile } from "./send-file.ts";
import type { ServerNews } from "./server-news.ts";

const tell = (news: ServerNews): void => void process.send?.(news);

const files = new Map<string, ServedFile>();
for (const planned of plan.files) {
  const bytes = randomBytes(planned.size);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  files.set(`/${planned.name}`, {
    ...planned,
    bytes,
    sha256,
    cutsLeft: [...planned.cutsAt],
    refusalsLeft: planned.refusals,
    refusedAt: null,
  });
}

const sockets = new Set<Socket>();
let sent = 0;
let wasAway = false;

const server = createServer((request, response) => {
  const file = files.get(request.url ?? "");
  if (file === undefined) {
    response.writeHead(404).end();
    return;
  }
  if (file.refusalsLeft > 0) {
    file.refusalsLeft -= 1;
    file.refusedAt = performance.now();
    response.writeHead(503, { "retry-after": String(plan.retryAfterS) }).end();
    tell({ type: "refused", name: file.name });
    return;
  }
  if (file.refusedAt !== null) {
    tell({ type: "returned", name: file.name, afterMs: performance.now() - file.refusedAt });
    file.refusedAt = null;
  }
  void sendFile(request, response, file, (bytes) => {
    sent += bytes;
    if (sent >= plan.awayAfter && !wasAway) goAway();
  }).then((answer) => tell({ type: "answered", name: file.name, ...answer }));
});
server.on("connection", (socket) => {
  sockets.add(socket);
  socket.once("close", () => sockets.delete(socket));
});

/** As when the machine is restarted: everything is cut, and nobody answers. */
function goAway(): void {
  wasAway = true;
  const { port } = server.address() as AddressInfo;
  const cut = sockets.size;
  const since = performance.now();
  server.close();
  for (const socket of sockets) socket.resetAndDestroy();
  tell({ type: "away", cut });
  setTimeout(() => {
    server.listen(port, "127.0.0.1", () => tell({ type: "back", afterMs: performance.now() - since }));
  }, plan.awayMs);
}

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  const offered = [...files.values()].map(({ name, sha256 }) => ({ name, sha256 }));
  tell({ type: "ready", url: `http://127.0.0.1:${port}`, files: offered });
});
// The demo asks it to stop by hanging up; that works even if the demo was killed.
process.once("disconnect", () => process.exit());
// Asked for an account: everything that was told before has arrived before the answer does.
process.on("message", () => tell({ type: "account", sent }));

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** A static file server that every subject downloads from. */
export interface FileServer extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
}

/**
 * Serve `root` with the nginx that is installed, on a free loopback port; disposing ends it.
 *
 * @throws Error with nginx's own words if it does not start.
 */
export async function startNginx(root: string, scratch: string): Promise<FileServer> {
  const port = await freePort();
  await mkdir(scratch, { recursive: true });
  const configPath = join(scratch, "nginx.conf");
  await writeFile(configPath, configuration(root, scratch, port));
  const child = spawn("nginx", ["-p", scratch, "-c", configPath, "-e", join(scratch, "error.log")], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let words = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    words += chunk.toString();
  });
  await listening(port, child, () => words);
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** One worker, so that on two cores the client has the other; logs off, so that only sending is measured. */
function configuration(root: string, scratch: string, port: number): string {
  // Started by root, nginx would give its worker to `nobody`, who may not read a private temporary directory.
  const user = process.getuid?.() === 0 ? "user root;" : "";
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${join(scratch, name)};`,
  );
  return `${user}
daemon off;
worker_processes 1;
pid ${join(scratch, "nginx.pid")};
error_log ${join(scratch, "error.log")} warn;
events { worker_connections 1024; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  open_file_cache max=20000;
  default_type application/octet-stream;
  ${temporary.join("\n  ")}
  server {
    listen 127.0.0.1:${port};
    root ${root};
  }
}
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function listening(port: number, child: ChildProcess, words: () => string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}: ${words()}`);
    const socket = connect(port, "127.0.0.1");
    const accepted = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (accepted) return;
    await setTimeout(25);
  }
  throw new Error(`nginx does not listen on port ${port}: ${words()}`);
}

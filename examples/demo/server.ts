import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ServerNews } from "./server-news.ts";

/** The hostile server, seen from the demo. Disposing ends its process. */
export interface HostileServer extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
  /** Resolves once everything that the server did so far has been reported. */
  settleAccounts(): Promise<void>;
}

/** Start it, and report what it does. @throws Error if it ends before it serves. */
export async function startServer(onNews: (news: ServerNews) => void): Promise<HostileServer> {
  const child = fork(fileURLToPath(new URL("hostile-server.ts", import.meta.url)));
  const { promise: ready, resolve, reject } = Promise.withResolvers<ServerNews & { readonly type: "ready" }>();
  const { promise: account, resolve: accounted } = Promise.withResolvers<void>();
  child.once("exit", () => reject(new Error("The demo's server has ended")));
  child.on("message", (message) => {
    const news = message as ServerNews;
    onNews(news);
    if (news.type === "ready") resolve(news);
    if (news.type === "account") accounted();
  });
  const { url, files } = await ready;
  return {
    url,
    files,
    settleAccounts() {
      child.send("account");
      return account;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.disconnect();
      await exited;
    },
  };
}

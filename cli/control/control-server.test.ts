import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { Complaint } from "../complaint.ts";
import { askOwner } from "./ask-owner.ts";
import { controlAddress } from "./control-address.ts";
import { serveControl } from "./control-server.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "longhaul-control-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

it("answers what was asked before it was disposed of, and nothing after", async () => {
  const store = folder();
  const asked = Promise.withResolvers<void>();
  const work = Promise.withResolvers<void>();
  const server = await serveControl(store, async (request) => {
    asked.resolve();
    await work.promise;
    return { ok: true, said: request.command };
  });

  const answer = askOwner(store, { command: "pause", id: "x" });
  await asked.promise;
  const disposed = server[Symbol.asyncDispose]();
  work.resolve();

  expect(await answer).toEqual({ ok: true, said: "pause" });
  await disposed;
  expect(await askOwner(store, { command: "states" })).toBeNull();
});

it("hands a complaint over with its exit code, and goes on", async () => {
  const store = folder();
  await using _server = await serveControl(store, () => Promise.reject(new Complaint("Change that.", 2)));

  for (const _ of [1, 2]) {
    const answer = askOwner(store, { command: "abort", id: "x" });
    await expect(answer).rejects.toMatchObject({ message: "Change that.", exitCode: 2 });
  }
});

// Mutant: without the listener for a socket's errors, the client that hangs up ends the process.
it("survives clients that talk nonsense, say nothing, or hang up before the answer", async () => {
  const store = folder();
  const hungUp = Promise.withResolvers<void>();
  await using _server = await serveControl(store, async () => {
    await hungUp.promise;
    return { ok: true, said: "still here" };
  });
  const clients = Array.from({ length: 3 }, () => connect(controlAddress(store)).on("error", () => undefined));
  const [, rude, confused] = clients;
  await Promise.all(clients.map((client) => once(client, "connect")));
  rude?.end('{"command":"states"}\n').destroy();
  rude?.once("close", () => hungUp.resolve());
  confused?.setEncoding("utf8").write("hello\n");
  const said: string[] = await once(confused ?? process, "data");

  expect(JSON.parse(said[0] ?? "")).toMatchObject({ ok: false, exitCode: 1 });
  expect(await askOwner(store, { command: "states" })).toEqual({ ok: true, said: "still here" });
});

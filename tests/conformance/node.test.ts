import { describe, it } from "vitest";
import { openNodePorts } from "../../adapters/node/node-ports.ts";
import * as interfaces from "../../core/index.ts";
import { createEngine } from "../../core/index.ts";
import type { PermissionState } from "../../core/ports/index.ts";
import { temporaryFolder } from "../crash/temporary-folder.ts";
import { conformanceCases } from "./cases.ts";
import type { ConformanceHarness } from "./harness.ts";
import { conformanceServer } from "./server.ts";

const options = { retry: { limit: 3, minDelayMs: 1, maxDelayMs: 10 }, progressMs: 1, checkpointMs: 5 };

async function withHarness(run: (harness: ConformanceHarness) => Promise<void>): Promise<void> {
  await using folder = await temporaryFolder();
  await using server = await conformanceServer();
  const state: { permission: PermissionState; quota: number | null } = { permission: "granted", quota: null };
  const open = async () => {
    const ports = await openNodePorts({ directory: folder.path });
    return createEngine(
      {
        ...ports,
        permission: { name: "as the case says", query: async () => state.permission },
        quota: { name: "as the case says", estimate: async () => ({ available: state.quota }) },
      },
      { ...options, baseURL: server.origin },
    );
  };
  let engine = await open();
  try {
    await run({
      interfaces,
      get backgroundFetch() {
        return engine.backgroundFetch;
      },
      get scope() {
        return engine;
      },
      get permission() {
        return state.permission;
      },
      set permission(permission) {
        state.permission = permission;
      },
      get quota() {
        return state.quota;
      },
      set quota(quota) {
        state.quota = quota;
      },
      url: (path) => new URL(path, server.origin).href,
      async restart() {
        await engine.close();
        engine = await open();
      },
      click: (id) => void engine.click(id),
    });
  } finally {
    await engine.close();
  }
}

for (const [unit, cases] of Object.entries(conformanceCases)) {
  describe(unit, () => {
    for (const { clause, title, run } of cases) it(`${clause}: ${title}`, () => withHarness(run));
  });
}

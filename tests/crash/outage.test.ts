import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openEngine } from "../../adapters/node/index.ts";
import { sha256Of } from "../origin/body.ts";
import { createOrigin } from "../origin/origin.ts";
import { fileDigest } from "./file-digest.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const MiB = 1024 * 1024;

describe("outage", () => {
  // Mutants: treat `refused` as final; restart from 0; spend the whole budget within ten seconds.
  it("C14 a server that is away for ten seconds in the middle is waited for, and the transfer goes on where it was", async () => {
    await using folder = await temporaryFolder();
    await using origin = await createOrigin();
    const resource = origin.resource("/file", { body: { size: 32 * MiB, seed: 3 }, bytesPerSecond: 16 * MiB });
    await using engine = await openEngine({ directory: join(folder.path, "store") });
    const states: string[] = [];
    engine.events.on("record.state", ({ state }) => states.push(state));
    const destination = join(folder.path, "file");
    const released = new Promise<string>((resolve) => {
      engine.addEventListener("backgroundfetchsuccess", () => resolve("success"));
      engine.addEventListener("backgroundfetchfail", ({ registration }) => resolve(registration.failureReason));
    });

    await engine.backgroundFetch.fetch("file", resource.url, { destinations: [destination] });
    await origin.until(() => (origin.log[0]?.bytesSent ?? 0) > 10 * MiB);
    await origin.offline();
    const away = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    await origin.online();

    expect(await released).toBe("success");
    expect(Date.now() - away).toBeGreaterThanOrEqual(10_000);
    expect(await fileDigest(destination)).toBe(sha256Of(3, 32 * MiB));
    expect(states.some((state) => state === "backing-off" || state === "paused-offline")).toBe(true);
    expect(origin.log).toHaveLength(2);
    expect(origin.log[1]?.range).toMatch(/^bytes=[1-9]\d*-$/);
  }, 60_000);
});

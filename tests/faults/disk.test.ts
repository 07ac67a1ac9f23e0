import { renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bodyError } from "../../adapters/node/body-error.ts";
import { type NodeEngineOptions, openEngine, readStore } from "../../adapters/node/index.ts";
import { journalError } from "../../adapters/node/journal-error.ts";
import type { Engine } from "../../core/index.ts";
import { KiB, MiB, nextEvent } from "../engine/fixture.ts";
import { createOrigin } from "../origin/origin.ts";
import { canMount, smallVolume } from "./small-volume.ts";
import { testFolder } from "./test-folder.ts";

const retry = { limit: 3, minDelayMs: 5, maxDelayMs: 20 };

/** Resolves once a store that is full has been told of: by an end, by a fault, or by a record that waits. */
function told(engine: Engine): Promise<unknown> {
  return new Promise((resolve) => {
    engine.events.once("fault", resolve);
    engine.events.once("record.settled", resolve);
    engine.events.on("record.state", ({ state }) => void (state === "paused-full" && resolve(state)));
  });
}

function opened(directory: string, options: Partial<NodeEngineOptions> = {}): Promise<Engine> {
  return openEngine({ directory, retry, checkpointBytes: 256 * KiB, progressMs: 5, ...options });
}

describe("a disk", { timeout: 60_000 }, () => {
  // Mutant: a write error that is taken for the end of the body.
  it.runIf(canMount)(
    "F1 that is full in the middle makes no fetch succeed, and it comes to its end once there is room",
    async () => {
      const { path } = smallVolume(12 * MiB);
      const filler = join(path, "filler");
      writeFileSync(filler, Buffer.alloc(9 * MiB));
      await using origin = await createOrigin();
      const { url } = origin.resource("/file", { body: { size: 6 * MiB, seed: 1 } });
      await using engine = await opened(join(path, "store"));
      const full = told(engine);
      const end = nextEvent(engine);
      const registration = await engine.backgroundFetch.fetch("episode", url);
      await full;
      expect(registration.downloaded).toBeLessThan(6 * MiB);
      rmSync(filler);

      const { type } = await end;

      expect([type, registration.failureReason]).toEqual(["backgroundfetchsuccess", ""]);
    },
  );

  // Mutant: a record that is settled although its end could not be committed.
  it.runIf(canMount)(
    "F19 F1 that is full for the journal alone costs a fetch no end: it has one when there is room",
    async () => {
      const { path } = smallVolume(2 * MiB);
      symlinkSync(testFolder(), join(path, "bodies"));
      await using origin = await createOrigin();
      const { promise: asked, resolve: ask } = Promise.withResolvers<() => void>();
      let times = 0;
      origin.route("/file", (_, response) => {
        const answer = (): void => void response.end(Buffer.alloc(MiB));
        // What comes again is what found no room the first time.
        if (times++ === 0) ask(answer);
        else answer();
      });
      await using engine = await opened(path);
      const notice = new Promise<string>((resolve) => {
        engine.events.once("fault", ({ during }) => resolve(during));
        engine.events.on("record.state", ({ state }) => void (state === "paused-full" && resolve(state)));
      });
      const event = nextEvent(engine);
      await engine.backgroundFetch.fetch("episode", `${origin.url}/file`);
      const answer = await asked;
      const filler = join(path, "filler");
      fill(filler);
      answer();
      await notice;

      rmSync(filler);

      expect((await event).type).toBe("backgroundfetchsuccess");
    },
  );

  it("F2 that has less room than a fetch says it needs refuses it before the first byte", async () => {
    await using origin = await createOrigin();
    const { url } = origin.resource("/file", { body: { size: KiB, seed: 1 } });
    await using engine = await opened(testFolder());

    const fetched = engine.backgroundFetch.fetch("episode", url, { downloadTotal: 2 ** 52 });

    await expect(fetched).rejects.toMatchObject({ name: "QuotaExceededError" });
    expect(origin.log).toEqual([]);
  });

  it("F3 F16 tells a quota, a file too large, and a network share that is gone from each other", () => {
    const codes = ["EDQUOT", "EFBIG", "ENOSPC", "ESTALE", "EIO", "EREMOTEIO"].map((code) => {
      const fault = bodyError(Object.assign(new Error(code), { code }), "write to", "/store/b");
      return `${fault.code} ${fault.message}`;
    });
    const full = "LONGHAUL_BODY_FULL Could not write to /store/b";
    const failed = "LONGHAUL_BODY_FAILED Could not write to /store/b";
    expect(codes).toEqual([
      ...["EDQUOT", "EFBIG", "ENOSPC"].map((errno) => `${full} (${errno})`),
      ...["ESTALE", "EIO", "EREMOTEIO"].map((errno) => `${failed} (${errno})`),
    ]);
    const quota = journalError(Object.assign(new Error("over quota"), { code: "EDQUOT" }), "write", "/store/state.db");
    expect(quota.code).toBe("LONGHAUL_JOURNAL_FULL");
  });

  it.runIf(canMount)("F6 that has become read-only is refused by name, and its rows can still be read", async () => {
    const volume = smallVolume(16 * MiB);
    const directory = join(volume.path, "store");
    const outside = testFolder();
    await using origin = await createOrigin();
    const engine = await opened(directory);
    await engine.backgroundFetch.fetch("waits", `${origin.url}/missing-host`, { destinations: [join(outside, "x")] });
    await nextEvent(engine);
    await engine.close();
    volume.makeReadOnly();

    await expect(opened(directory)).rejects.toMatchObject({ code: expect.stringMatching(/_DENIED$/) });
    await using rows = await readStore({ directory });
    const ids: string[] = [];
    for await (const { id } of rows.registrations()) ids.push(id);
    expect(ids).toEqual(["waits"]);
  });

  it("F12 whose folder is away for a while loses nothing: once it is back, all goes on where it was", async () => {
    const folder = testFolder();
    const directory = join(folder, "store");
    await using origin = await createOrigin();
    const resource = origin.resource("/file", {
      body: { size: 2 * MiB, seed: 1 },
      faults: [{ type: "stall", after: MiB }],
    });
    const first = await opened(directory);
    const registration = await first.backgroundFetch.fetch("episode", resource.url);
    await new Promise<void>((resolve) => {
      registration.onprogress = () => void (registration.downloaded >= MiB / 2 && resolve());
    });
    await first.close();
    renameSync(directory, join(folder, "away"));
    const meanwhile = await opened(directory);
    expect(await meanwhile.backgroundFetch.getIds()).toEqual([]);
    await meanwhile.close();
    rmSync(directory, { recursive: true });
    renameSync(join(folder, "away"), directory);

    await using engine = await opened(directory);

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
    expect(origin.log[1]?.range).toMatch(/^bytes=[1-9]/);
  });
});

/** Take all the room that is left. */
function fill(path: string): void {
  for (const size of [256 * KiB, 16 * KiB, 4 * KiB]) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(size), { flag: "a" });
    } catch (error) {
      if ((error as { code?: string }).code !== "ENOSPC") throw error;
    }
  }
}

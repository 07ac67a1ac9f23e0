import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openNodePorts } from "../../adapters/node/node-ports.ts";
import { createEngine } from "../../core/index.ts";
import type { Body, BodyStore } from "../../core/ports/index.ts";
import { temporaryFolder } from "../crash/temporary-folder.ts";
import { createOrigin } from "../origin/origin.ts";
import { bodiesWith } from "./bodies-with.ts";
import { MiB, nextEvent } from "./fixture.ts";

/** A body store whose syncs wait for the test, and that tells in which order bodies are opened, synced and closed. */
function slowly(store: BodyStore, gate: Promise<void>, told: string[]): BodyStore {
  const watched = (body: Body): Body => ({
    write: (offset, chunks) => body.write(offset, chunks),
    truncate: (length) => body.truncate(length),
    note: (value) => body.note(value),
    async sync() {
      told.push("sync");
      await gate;
      await body.sync();
    },
    async [Symbol.asyncDispose]() {
      told.push("close");
      await body[Symbol.asyncDispose]();
    },
  });
  const opened = async (body: Promise<Body>): Promise<Body> => {
    told.push("open");
    return watched(await body);
  };
  return bodiesWith(store, {
    create: (bodyId) => opened(store.create(bodyId)),
    open: (bodyId) => opened(store.open(bodyId)),
  });
}

describe("two exchanges of one record", () => {
  // Mutant: let `afterEarlier` begin at once.
  it("True bytes: the second opens no body before the first has synced and closed its own", async () => {
    await using folder = await temporaryFolder();
    await using origin = await createOrigin();
    const { url } = origin.resource("/file", {
      body: { size: MiB, seed: 1 },
      faults: [{ type: "stall", after: MiB / 2 }],
    });
    const directory = join(folder.path, "store");
    const told: string[] = [];
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const ports = await openNodePorts({ directory });
    await using engine = await createEngine({ ...ports, bodies: slowly(ports.bodies, gate, told) });
    const registration = await engine.backgroundFetch.fetch("episode", url);
    await expect.poll(() => told, { timeout: 10_000 }).toEqual(["open", "sync"]);

    const pausing = registration.pause();
    await expect.poll(() => registration.state).toBe("paused");
    await registration.resume();
    await expect.poll(() => registration.state).toBe("transferring");
    // That nothing comes can only be waited for: the mutant's second request takes a few milliseconds.
    const second = origin.until(() => origin.log.length > 1).then(() => "asked again");
    expect(await Promise.race([second, delay(300, "held back")])).toBe("held back");
    release();
    await pausing;

    expect((await nextEvent(engine)).type).toBe("backgroundfetchsuccess");
    expect(told.slice(0, 4)).toEqual(["open", "sync", "close", "open"]);
    expect(origin.log).toHaveLength(2);
  });
});
